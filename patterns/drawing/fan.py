"""The neighbourhood of one pattern: a dot, and neighbours as rows that lines in the style of their kind lead to. Pure.

Rows rather than a ring: in the width of a rail a ring has room for a dozen letters a label, a row for a whole title.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patterns.drawing.picture import WIDTH, Caption, Dot, Label, Picture, Stroke, label, row_height
from patterns.drawing.strokes import curved

MOST: Final = 12
_HUB: Final = 10
_DOT: Final = 92
_LABEL: Final = 102
_ROOM: Final = WIDTH - _LABEL - 2
_EDGE: Final = 4  # air above the first and below the last row
_SAID: Final = 24  # height of the line that says where suggestions begin


@dataclass(frozen=True, slots=True)
class Spoke:
    """A neighbour to draw. `outgoing`: the relation starts at the pattern in the middle."""

    title: str
    slug: str
    kind: str
    outgoing: bool
    suggested: bool


def fan(spokes: Sequence[Spoke], *, suggested: str) -> Picture:
    """Draw at most `MOST` of `spokes` in their order; the words `suggested` stand above the first that is."""
    rows: list[tuple[Spoke, int]] = []
    captions: list[Caption] = []
    below = _EDGE
    for spoke in spokes[:MOST]:
        if spoke.suggested and not captions:
            captions.append(Caption(_LABEL, below + 15, suggested))
            below += _SAID
        height = row_height(spoke.title, _ROOM)
        rows.append((spoke, below + height // 2))
        below += height
    height = max(below + _EDGE, 2 * _HUB + 2 * _EDGE)
    hub = (_HUB, height // 2)
    strokes: list[Stroke] = []
    dots, labels = [Dot(*hub, radius=7, centre=True)], list[Label]()
    for spoke, middle in rows:
        strokes.append(curved(spoke.kind, hub, (_DOT - 5, middle), outgoing=spoke.outgoing, suggested=spoke.suggested))
        dots.append(Dot(_DOT, middle, radius=4, suggested=spoke.suggested))
        labels.append(label(spoke.title, spoke.slug, x=_LABEL, middle=middle, width=_ROOM, suggested=spoke.suggested))
    return Picture(WIDTH, height, tuple(strokes), tuple(dots), tuple(labels), tuple(captions))
