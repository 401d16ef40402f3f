"""What a lighthouse's file says of it beside its text: every key, those we do not know among them, as words. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from patterns.faceting.spelling import words

MOST: Final = 16
DEEPEST: Final = 3  # levels of lists and mappings that are read
LONGEST: Final = 240  # characters of a value
_SHOWN_ELSEWHERE: Final = frozenset(
    {
        *("id", "slug", "title", "type", "tagline", "description", "country", "sector", "founded", "patterns_used"),
        *("sources", "license", "licence", "attribution", "author", "authors", "layout", "permalink"),
    }
)


def facts(front: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return `(label, value)` of what the page shows nowhere else, plain values before lists, at most `MOST`."""
    rest = [(key, value) for key, value in front.items() if str(key) not in _SHOWN_ELSEWHERE]
    rest.sort(key=lambda pair: (isinstance(pair[1], list | Mapping), str(pair[0])))
    found = ((words(str(key))[:60], _said(value)) for key, value in rest)
    return tuple((label, said) for label, said in found if label and said)[:MOST]


def _said(value: Any) -> str:
    text = ", ".join(_parts(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"


def _parts(value: Any, *, depth: int = 0) -> Iterator[str]:
    if isinstance(value, bool) or value is None or depth > DEEPEST:
        return
    if isinstance(value, str | int | float):
        yield " ".join(str(value).split())[: 2 * LONGEST]
    elif isinstance(value, Mapping):
        for key, inner in list(value.items())[:MOST]:
            if said := ", ".join(_parts(inner, depth=depth + 1)):
                yield f"{words(str(key))}: {said}"
    elif isinstance(value, list):
        for inner in value[:MOST]:
            yield from _parts(inner, depth=depth + 1)
