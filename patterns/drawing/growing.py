"""A number that grows, day by day, as a stepped line with its first and last value written beside it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 304
HEIGHT: Final = 96
_TOP, _FOOT, _LEFT, _RIGHT = 18, 74, 2, 302


@dataclass(frozen=True, slots=True)
class Growing:
    """The picture: the line, the area below it, where it ends, and the height of the words at its ends."""

    width: int
    height: int
    foot: int
    line: str
    area: str
    x: float
    y: float
    start: float


def growing(values: Sequence[int]) -> Growing:
    """Draw `values`, the first at the left edge. The scale begins at nothing, so that a height can be compared."""
    most = max([*values, 1])
    step = (_RIGHT - _LEFT) / max(len(values) - 1, 1)
    points = [(round(_LEFT + step * place, 1), _height(value, most)) for place, value in enumerate(values)]
    path = [f"M{points[0][0]:g} {points[0][1]:g}"] if points else []
    path += [f"H{x:g}V{y:g}" for x, y in points[1:]]
    line = "".join(path)
    x, y = points[-1] if points else (float(_LEFT), float(_FOOT))
    area = f"{line}V{_FOOT}H{_LEFT}Z" if points else ""
    return Growing(WIDTH, HEIGHT, _FOOT, line, area, x, y, points[0][1] if points else float(_FOOT))


def _height(value: int, most: int) -> float:
    return round(_FOOT - (_FOOT - _TOP) * value / most, 1)
