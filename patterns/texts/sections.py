"""Cut a pattern's body into its headed sections, with the anchors its rendered page carries.

A pure scanner: what it calls a section is what a CommonMark parser without setext headings calls a top-level ATX
heading (https://spec.commonmark.org/0.31.2/#atx-headings). Setext is left out on purpose: the library's bodies
draw rules (`---`) straight under prose, which were never meant as headings.
"""

import re
import unicodedata
from dataclasses import dataclass

_FENCE_OR_HEADING = re.compile(
    r"^ {0,3}(?:(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*|(?P<hashes>\#{1,6})(?P<text>[ \t][^\n]*|\r?)$)", re.MULTILINE
)
_CLOSING_HASHES = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_NUMBERING = re.compile(r"^(?:section\s+)?\d{1,2}(?:\.\d{1,2})*\s*[.:)]\s+", re.IGNORECASE)
_HINT = re.compile(r"\s*\([^()]*\b\d+\s*(?:-|–|to)\s*\d+\s+\w+[^()]*\)\s*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)")
_NOT_IN_ANCHOR = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Section:
    """One headed stretch of a body: `body[start:end]`, its heading line included. Sections are flat and touch.

    `title` is the heading in plain words, without markup and without template hints such as `(150-300 words)`.
    Text before the first heading is a section with level 0 and no title or anchor.
    """

    title: str
    anchor: str
    level: int
    start: int
    end: int

    @property
    def name(self) -> str:
        """The title without its numbering, for matching `Section 1: Context` with `1. Context` and `Context`."""
        return _NUMBERING.sub("", self.title)


def split(body: str) -> tuple[Section, ...]:
    """Return the sections of `body` in order; together they cover all of it, blank text before the first aside."""
    found = list(_headings(body))
    ends = [start for start, _, _ in found[1:]] + [len(body)]
    sections = []
    first = found[0][0] if found else len(body)
    if body[:first].strip():
        sections.append(Section(title="", anchor="", level=0, start=0, end=first))
    taken: dict[str, int] = {}
    for (start, level, text), end in zip(found, ends, strict=False):
        title = plain_title(text)
        sections.append(Section(title=title, anchor=_anchor(title, taken), level=level, start=start, end=end))
    return tuple(sections)


def plain_title(text: str) -> str:
    """Return a heading's words without closing hashes, links, emphasis marks and template hints."""
    words = _CLOSING_HASHES.sub("", text.strip())
    words = _MARKUP.sub("", _LINK.sub(r"\1", words))
    words = " ".join(words.split())
    return _HINT.sub("", words) or words


def _headings(body: str):
    """Yield `(offset, level, text)` of every heading outside fenced code."""
    position = 0
    while match := _FENCE_OR_HEADING.search(body, position):
        position = match.end()
        if fence := match["fence"]:
            closing = re.compile(rf"^ {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t\r]*$", re.MULTILINE)
            end = closing.search(body, position)
            position = end.end() if end else len(body)
        else:
            yield match.start(), len(match["hashes"]), match["text"]


def _anchor(title: str, taken: dict[str, int]) -> str:
    """Return a URL fragment for `title` that no earlier section of the same body has, and remember it."""
    words = unicodedata.normalize("NFKC", _NUMBERING.sub("", title)).casefold()
    stem = _NOT_IN_ANCHOR.sub("-", words).strip("-_")[:80].rstrip("-") or "section"
    anchor, number = stem, taken.get(stem, 1)
    while anchor in taken:
        number += 1
        anchor = f"{stem}-{number}"
    taken[stem] = number
    taken.setdefault(anchor, 1)
    return anchor
