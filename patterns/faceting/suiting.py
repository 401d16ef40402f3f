"""How well a pattern suits a situation: what a score is worth, and how several scores make one rank. Pure.

A situation names an archetype, a stage, a sector, or two or all of them: its *axes*. A record gives a pattern a score
from 0 to 1 on one of them, or a word. Its worth is kept in twentieths, 0 to 20; an axis no record speaks of is silent
and worth 0. Of the `n` axes asked for, with worths `w`,

    points = sum(20 + w for each w > 0)        at most 40 n

so speaking for a pattern at all counts half of an axis and how strongly counts the other half. From this follow, and
tests hold to it: a higher worth never ranks lower; a pattern that suits all axes, however little, ranks above one that
suits a single axis, however strongly; and two strong axes may still outrank three faint ones.
"""

from collections.abc import Iterable, Sequence
from typing import Final

MOST: Final = 20  # twentieths
UNSAID: Final = 10  # a record without any measure says that it suits, not how well
WORDS: Final = {
    "core": 20,
    "essential": 20,
    "strong": 17,
    "high": 17,
    "specific": 14,
    "moderate": 11,
    "medium": 11,
    "general": 8,
    "low": 6,
    "weak": 6,
    "none": 0,
    "not applicable": 0,
}

# Worths of one axis: (worth, bitmap of the patterns worth that), the highest first, no pattern twice, no worth of 0.
Levels = tuple[tuple[int, int], ...]


def worth(score: float | None, level: str) -> int:
    """Return a record's worth in twentieths; scores outside 0 to 1 are clipped, unknown words count as unsaid."""
    if score is not None:
        return round(min(max(score, 0.0), 1.0) * MOST)
    return WORDS.get(level.strip().lower(), UNSAID)


def points(worths: Iterable[int]) -> int:
    """Return the points of one pattern; `worths` holds one number for each axis asked for, 0 where it is silent."""
    return sum(MOST + each for each in worths if each > 0)


def percent(reached: int, *, axes: int) -> int:
    """Return points as a share of what `axes` axes could give, 0 to 100."""
    return round(100 * reached / (2 * MOST * axes)) if axes else 0


def levels(worths: Iterable[tuple[int, int]]) -> Levels:
    """Return `(worth, bitmap)` pairs in any order as levels: each pattern stands at the best worth it is given."""
    at: dict[int, int] = {}
    for each, bits in worths:
        if each > 0:
            at[each] = at.get(each, 0) | bits
    found, seen = [], 0
    for each in sorted(at, reverse=True):
        if bits := at[each] & ~seen:
            found.append((each, bits))
            seen |= bits
    return tuple(found)


def anyone(axis: Levels) -> int:
    """Return the bitmap of all patterns that one axis speaks for."""
    bits = 0
    for _, each in axis:
        bits |= each
    return bits


def ranked(axes: Sequence[Levels], *, among: int) -> list[tuple[int, int]]:
    """Return `(points, bitmap)` with the most points first: every pattern `among` that an axis speaks for, once.

    The work is bounded by 21 worths on each axis, whatever the number of patterns.
    """
    reached = {0: among}
    for axis in axes:
        following: dict[int, int] = {}
        for before, bits in reached.items():
            for each, at in axis:
                if both := bits & at:
                    total = before + MOST + each
                    following[total] = following.get(total, 0) | both
                    bits &= ~at  # noqa: PLW2901 - what is left over is silent on this axis
            if bits:
                following[before] = following.get(before, 0) | bits
        reached = following
    return sorted(((total, bits) for total, bits in reached.items() if total), reverse=True)
