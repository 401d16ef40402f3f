"""Read a file somebody brings: its bytes as text, which kind of thing it is, and what could not be read, by line."""

from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from patterns.format import Document, Problem, Severity, author, parse
from patterns.format.reading import LIMIT

MOST: Final = LIMIT * 4  # bytes that are read of an upload
_OF_LIGHTHOUSES: Final = ("patterns_used", "tagline", "founded")
_TEXT_SIGNS: Final = frozenset("\t\n\r\x0c")


@dataclass(frozen=True, slots=True)
class Brought:
    """`text` is what can be shown of it; `said` why it is no text at all, `problems` what its reader found."""

    text: str = ""
    document: Document | None = None
    said: str = ""

    @property
    def readable(self) -> bool:
        return self.document is not None and self.document.readable

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(sorted(self.document.problems, key=lambda one: one.line)) if self.document else ()

    @property
    def of_lighthouse(self) -> bool:
        """True when its keys are those of a lighthouse."""
        return bool(self.document) and any(key in self.document.front for key in _OF_LIGHTHOUSES)


def brought(data: bytes) -> Brought:
    """Read an upload. What is no text is said so; nothing is guessed."""
    if not data.strip():
        return Brought(said=_("The file is empty."))
    if len(data) > MOST:
        return Brought(said=_("The file is larger than %(most)s MB. No pattern is.") % {"most": MOST // 1024 // 1024})
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        said = _("This is not a text in UTF-8: line %(line)s holds a byte that no such text has.")
        return Brought(said=said % {"line": line})
    return pasted(text)


def pasted(text: str) -> Brought:
    """Read a text. One without front matter gets an empty one, so that its words can be written on."""
    if not text.strip():
        return Brought(said=_("There is no text yet. Choose a file, or paste one."))
    document = parse(text)
    if len(text) > LIMIT or document.readable:
        return Brought(text, document)
    if not text.lstrip("\ufeff").startswith("---") and "\x00" not in text:
        return _without_front(text)
    return Brought(_shown(text), document)


def _without_front(text: str) -> Brought:
    """A bare Markdown text: a first heading of level one is its title."""
    first, end, rest = text.lstrip("\ufeff\r\n ").partition("\n")
    titled = first.startswith("# ")
    made = author({"title": first[2:].strip(" #\r")[:300] if titled else ""}, rest if titled else first + end + rest)
    note = Problem(1, _("There was no front matter, so the fields are empty. The text is below."), Severity.NOTE)
    return Brought(made.text, replace(made, problems=(note, *made.problems)))


def _shown(text: str) -> str:
    """The text as an editor box can hold it."""
    return "".join(sign if sign.isprintable() or sign in _TEXT_SIGNS or ord(sign) > 127 else "\ufffd" for sign in text)
