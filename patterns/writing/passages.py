"""Where a passage that somebody cited stands in the text as it is now, so that the editor opens at it. Pure."""

from dataclasses import dataclass
from typing import Final

from patterns.format import parse
from patterns.texts.sections import split
from patterns.writing.parts import parts_of

LONGEST: Final = 2000  # characters that are quoted


@dataclass(frozen=True, slots=True)
class Quote:
    """A cited passage: its words, the section it stands in now (its id in the form), and whether it still does."""

    text: str
    section: str
    still: bool


def quoted(cited: str, passage: tuple[int, int], *, now: str) -> Quote | None:
    """Find characters `passage` of the body of the file `cited` in the file `now`; None when the body has none such."""
    body, (start, end) = parse(cited).body, passage
    words = body[start:end].strip()
    if not words:
        return None
    document = parse(now)
    found = split(document.body)
    here = [at for at, one in enumerate(found) if _line(words) in _line(document.body[one.start : one.end])]
    if here:
        return Quote(words[:LONGEST], str(here[0]), still=True)
    stood = next((one for one in split(body) if one.start <= start < one.end), None)
    named = [part.id for part in parts_of(document) if stood and part.level and part.name == stood.name]
    return Quote(words[:LONGEST], named[0] if named else "", still=False)


def section_at(anchor: str, source: str) -> str:
    """Return the id in the form of the section with this anchor, or nothing."""
    return next((str(at) for at, one in enumerate(split(parse(source).body)) if anchor and one.anchor == anchor), "")


def _line(text: str) -> str:
    return " ".join(text.split())
