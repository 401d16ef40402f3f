"""Relations as a form holds them: one a line, `kind: slug`, from ticked boxes and a text field alike. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from patterns.format.document import text_of
from patterns.format.kinds import NEWER_WORD, meaning

MOST = 100  # lines of one form
LONGEST = 300  # characters of a name

Line = tuple[str, str]  # a word of the file format, and the name of the other pattern


def read_lines(values: Iterable[str]) -> tuple[Line, ...]:
    """The relations in every value of a form's field `relations`, each once, in their order.

    A line without a kind is `related`; one that names nothing is passed over.
    """
    found: dict[Line, None] = {}
    for line in (line for value in values for line in value.splitlines()):
        kind, colon, name = line.partition(":")
        kind, name = (kind, name) if colon else ("related", kind)
        if name.strip() and len(found) < MOST:
            found[_word(kind), " ".join(name.split())[:LONGEST]] = None
    return tuple(found)


def in_front(lines: Iterable[Line], *, before: Mapping[str, Any] | None = None) -> dict[str, list[Any]]:
    """What the front matter's `relationships` says with `lines` added to what stood there `before`."""
    said: dict[str, list[Any]] = {
        key: list(value) if isinstance(value, list) else [value] for key, value in (before or {}).items() if value
    }
    for word, name in lines:
        known = said.setdefault(word, [])
        if name.casefold() not in {_named(one).casefold() for one in known}:
            known.append(name)
    return said


def _named(one: Any) -> str:
    return text_of(one.get("slug") or one.get("id") or one.get("title")) if isinstance(one, Mapping) else text_of(one)


def _word(kind: str) -> str:
    """The word files of the newer generation write for a kind, whichever word the line used."""
    known, inverse = meaning(kind)
    return NEWER_WORD.get((known, inverse), kind.strip()[:40] or "related")
