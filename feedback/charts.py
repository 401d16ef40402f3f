"""Small bar charts as plain numbers, so that a template draws them as SVG without a sum or a script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One bar in the units of its picture, measured from the top left."""

    x: int
    y: int
    width: int
    height: int
    words: str


@dataclass(frozen=True)
class Picture:
    """A small bar chart a template can draw without doing sums. `most` is the value at its upper edge."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    most: str


def picture(values: Sequence[float], words: Iterable[str], *, most: float | None = None, said: str = "") -> Picture:
    """Bars of equal width from the bottom; `most` fixes the scale (1.0 for shares), else the largest value does."""
    step, gap, height = 20, 6, 60
    top = most or max(values, default=0) or 1
    bars = []
    for position, (value, label) in enumerate(zip(values, words, strict=True)):
        # A bar of nothing keeps a hairline, so that a quiet week is seen as counted and not as missing.
        tall = max(1, round(height * value / top))
        bars.append(Bar(position * step, height - tall, step - gap, tall, label))
    return Picture(tuple(bars), step * len(values) - gap, height, said or f"{top:g}")
