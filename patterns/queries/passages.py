"""The address of a cited passage: a revision and the characters of its body, so that it needs no register."""

from collections.abc import Mapping

from patterns.models import Revision

_LONGEST = 9  # digits


def passage_url(revision: Revision, *, start: int, end: int) -> str:
    """Return where `body[start:end]` of `revision` is shown, marked."""
    return f"{revision.get_absolute_url()}?start={start}&end={end}#passage"


def passage_from(query: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the passage an address names, or nothing when it names none that could be one."""
    start, end = (_number(query.get(name, "")) for name in ("start", "end"))
    return (start, end) if start is not None and end is not None and start < end else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else None
