"""The commons assessment as a picture: a line for each dimension, a dot where its score stands. Pure.

A dot plot rather than a web: lengths on one scale are read more exactly than areas around a centre
(Cleveland and McGill, 1984).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patterns.drawing.lettering import lettered

WIDTH: Final = 304  # one unit is about one CSS pixel in the rail
FONT: Final = 12.5
BEST: Final = 5.0
_LABEL, _FROM, _TO = 166, 178, 266
_PITCH, _TOP = 24, 14


@dataclass(frozen=True, slots=True)
class Row:
    """A dimension: its label (`cut` if shortened, `whole` is all of it), its score, and where its dot stands."""

    label: str
    whole: str
    cut: bool
    value: float
    x: float
    y: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The picture: rows from top to bottom, ticks at every whole score, `overall` as an `x` or nothing."""

    width: int
    height: int
    start: int
    end: int
    ticks: tuple[float, ...]
    rows: tuple[Row, ...]
    overall: float | None
    foot: int


def profile(scores: Sequence[tuple[str, float]], *, overall: float | None) -> Profile:
    """Return where everything stands; `scores` are labels with values from 0 to `BEST`."""
    rows = []
    for place, (name, value) in enumerate(scores):
        label = lettered(name, size=FONT, width=_LABEL, lines=1)
        rows.append(Row(label.lines[0], name, label.cut, value, _across(value), _TOP + _PITCH * place))
    foot = _TOP + _PITCH * len(rows) - 6
    return Profile(
        width=WIDTH,
        height=foot + 22,
        start=_FROM,
        end=_TO,
        ticks=tuple(_across(tick) for tick in range(int(BEST) + 1)),
        rows=tuple(rows),
        overall=None if overall is None else _across(overall),
        foot=foot,
    )


@dataclass(frozen=True, slots=True)
class Pip:
    """One of five rings, filled as far as `radius` says."""

    x: int
    radius: float


def pips(value: float) -> tuple[Pip, ...]:
    """Return five rings of which `value` are filled, the last one perhaps in part."""
    return tuple(Pip(8 + 24 * place, round(6 * min(max(value - place, 0.0), 1.0), 1)) for place in range(int(BEST)))


def _across(value: float) -> float:
    return round(_FROM + (_TO - _FROM) * min(max(value, 0.0), BEST) / BEST, 1)
