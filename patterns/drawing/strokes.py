"""How a relation is drawn: its line as a path, and its arrow head. Kinds differ in shape, never by colour alone. Pure.

*Enables* is solid, *requires* double, *in tension with* a zigzag, *specialises* thin without a head; the sheet
`exploring.css` gives the rest their dashes. Kinds that go both ways have no head.
"""

import math
from typing import Final

from patterns.drawing.picture import Stroke

Point = tuple[float, float]
HEADLESS: Final = frozenset({"tensions_with", "specializes", "alternative_to", "complements", "related"})
_TOOTH, _WAVE = 2.6, 5.0  # height and length of a zigzag's teeth
_HEAD, _HALF = 8.0, 4.5


def curved(kind: str, start: Point, end: Point, *, outgoing: bool, suggested: bool, run: float = 30) -> Stroke:
    """Join `start` (the pattern the page is about) and `end` by a curve that arrives level, after a straight `run`.

    The head stands at `end`, pointing to it when the relation is `outgoing`, else away from it: where many lines meet
    in one dot, nobody could tell heads apart there.
    """
    toward = 1 if end[0] >= start[0] else -1
    knee = (end[0] - toward * run, end[1])
    middle = (start[0] + knee[0]) / 2

    stop = _without_head(kind, end, (-toward, 0))
    path = f"M{_n(start)}C{_n((middle, start[1]))} {_n((middle, knee[1]))} {_n(knee)}"
    path += f"L{_zigzag(knee, stop)}" if kind == "tensions_with" else f"H{stop[0]:.1f}"
    return Stroke(kind, suggested, path, _head(kind, end, (toward, 0), outgoing=outgoing))


def straight(kind: str, start: Point, end: Point, *, outgoing: bool, suggested: bool) -> Stroke:
    """Join two points by a straight line with its head at `end`, pointing to it when `outgoing`, else away from it."""
    length = math.dist(start, end) or 1
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    stop = _without_head(kind, end, (-along[0], -along[1]))
    path = f"M{_n(start)}L{_zigzag(start, stop) if kind == 'tensions_with' else _n(stop)}"
    return Stroke(kind, suggested, path, _head(kind, end, along, outgoing=outgoing))


def elbow(kind: str, start: Point, end: Point, *, outgoing: bool, suggested: bool) -> Stroke:
    """Join `start` to `end`, below it and to its right, by a line that goes down and then turns."""
    turn = min(8.0, abs(end[1] - start[1]), abs(end[0] - start[0]))
    stop = _without_head(kind, end, (-1, 0))
    path = f"M{_n(start)}V{end[1] - turn:.1f}q0 {turn:.1f} {turn:.1f} {turn:.1f}H{stop[0]:.1f}"
    return Stroke(kind, suggested, path, _head(kind, end, (1, 0), outgoing=outgoing))


def _headed(kind: str) -> bool:
    return kind not in HEADLESS


def _without_head(kind: str, end: Point, back: Point) -> Point:
    """Where the line stops, so that a head is not drawn over it."""
    gap = _HEAD - 1 if _headed(kind) else 0
    return end[0] + gap * back[0], end[1] + gap * back[1]


def _head(kind: str, end: Point, along: Point, *, outgoing: bool) -> str:
    """The corners of a head whose length ends at `end`; `along` is the unit direction in which the line arrives."""
    if not _headed(kind):
        return ""
    base = (end[0] - _HEAD * along[0], end[1] - _HEAD * along[1])
    tip, foot = (end, base) if outgoing else (base, end)
    aside = (-along[1] * _HALF, along[0] * _HALF)
    corners = (tip, (foot[0] + aside[0], foot[1] + aside[1]), (foot[0] - aside[0], foot[1] - aside[1]))
    return " ".join(map(_n, corners))


def _zigzag(start: Point, end: Point) -> str:
    """Corners of even teeth along the line from `start`, a tooth high to either side, to `end`."""
    length = math.dist(start, end)
    teeth = max(2, round(length / _WAVE))
    along = ((end[0] - start[0]) / teeth, (end[1] - start[1]) / teeth)
    aside = (-along[1] * _TOOTH * teeth / (length or 1), along[0] * _TOOTH * teeth / (length or 1))
    corners = [
        (start[0] + (step + 0.5) * along[0] + side * aside[0], start[1] + (step + 0.5) * along[1] + side * aside[1])
        for step in range(teeth)
        for side in ((-1) ** step,)
    ]
    return " ".join(map(_n, [*corners, end]))


def _n(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
