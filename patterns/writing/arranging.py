"""Move, add, take out and put back sections in the form, each by one button. Pure: a step in, new parts out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patterns.writing.parts import Part, one_line, usual_level

MOST: Final = 400  # sections in one form
_STEP: Final = re.compile(r"(up|down|out|back)-(\d{1,4}|n\d{1,4})\Z")


@dataclass(frozen=True, slots=True)
class Arranged:
    """The sections of the form, those taken out (their words are kept), and which one to show open."""

    parts: tuple[Part, ...]
    out: tuple[Part, ...] = ()
    touched: str = ""


def arranged(parts: Sequence[Part], out: Sequence[Part], *, step: str, name: str = "") -> Arranged | None:
    """Take one step: `add` (a section called `name`), `up-3`, `down-3`, `out-3` or `back-3`. None for another word."""
    if step == "add":
        return _added(parts, out, name=one_line(name))
    known = _STEP.match(step)
    if not known:
        return None
    act, wanted = known[1], known[2]
    here = next((place for place, part in enumerate(parts) if part.id == wanted), None)
    if act == "back":
        found = next((part for part in out if part.id == wanted), None)
        rest = tuple(part for part in out if part.id != wanted)
        return Arranged(_back(parts, found), rest, wanted) if found else Arranged(tuple(parts), tuple(out))
    if here is None:
        return Arranged(tuple(parts), tuple(out))
    if act == "out":
        return Arranged((*parts[:here], *parts[here + 1 :]), (*out, parts[here]))
    moved = _up(parts, here) if act == "up" else _down(parts, here)
    return Arranged(moved, tuple(out), wanted)


def _added(parts: Sequence[Part], out: Sequence[Part], *, name: str) -> Arranged:
    if len(parts) + len(out) >= MOST:
        return Arranged(tuple(parts), tuple(out))
    taken = {part.id for part in (*parts, *out)}
    fresh = next(f"n{number}" for number in range(1, MOST + 2) if f"n{number}" not in taken)
    return Arranged((*parts, Part(fresh, name, "", usual_level(parts))), tuple(out), fresh)


def _back(parts: Sequence[Part], part: Part) -> tuple[Part, ...]:
    """Put a section back after the last of those that stood before it in the file."""
    if part.place is None:
        return (*parts, part)
    before = [at for at, one in enumerate(parts) if one.place is not None and one.place < part.place]
    place = before[-1] + 1 if before else 0
    return (*parts[:place], part, *parts[place:])


def _up(parts: Sequence[Part], here: int) -> tuple[Part, ...]:
    """Move a section, with those below it, before the one above; nothing moves before the opening text."""
    first = 1 if parts[0].level == 0 else 0
    if here <= first:
        return tuple(parts)
    level, end = parts[here].level, _end(parts, here)
    target = next((at for at in range(here - 1, first - 1, -1) if parts[at].level <= level), first)
    return (*parts[:target], *parts[here:end], *parts[target:here], *parts[end:])


def _down(parts: Sequence[Part], here: int) -> tuple[Part, ...]:
    end = _end(parts, here)
    if end == len(parts) or parts[here].level == 0:
        return tuple(parts)
    after = _end(parts, end) if parts[end].level >= parts[here].level else end + 1
    return (*parts[:here], *parts[end:after], *parts[here:end], *parts[after:])


def _end(parts: Sequence[Part], here: int) -> int:
    """Where the sections below `parts[here]` end."""
    level = parts[here].level
    return next((at for at in range(here + 1, len(parts)) if parts[at].level <= level), len(parts))
