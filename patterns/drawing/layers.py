"""What must be there first, as a tree whose columns are layers: a step to the right is one deeper. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patterns.drawing.picture import WIDTH, Dot, Label, Picture, Stroke, label, row_height
from patterns.drawing.strokes import elbow

MOST: Final = 24  # rows
DEEPEST: Final = 6  # layers; beyond them there is no room for labels
_MARGIN: Final = 10
_STEP: Final = 24


@dataclass(frozen=True, slots=True)
class Branch:
    """A pattern in the tree; `parent` is the place of the one it hangs on in the sequence, an earlier one."""

    title: str
    slug: str
    layer: int
    parent: int
    suggested: bool


def layers(title: str, branches: Sequence[Branch], *, outgoing: bool) -> Picture:
    """Draw the pattern called `title` and, below it, `branches` in their order (children follow their parent).

    `outgoing`: each requires what hangs on it, else each is required by it. Callers keep to `MOST` and `DEEPEST`.
    """
    rows = [Branch(title, "", 0, -1, suggested=False), *branches]
    middles: list[int] = []
    below = 2
    for row in rows:
        height = row_height(row.title, _room(row.layer), bold=row.layer == 0)
        middles.append(below + height // 2)
        below += height
    strokes, dots, labels = list[Stroke](), list[Dot](), list[Label]()
    for place, (row, middle) in enumerate(zip(rows, middles, strict=True)):
        x, top = _column(row.layer), place == 0
        dots.append(Dot(x, middle, radius=7 if top else 4, suggested=row.suggested, centre=top))
        labels.append(
            label(
                row.title,
                row.slug,
                x=x + 12,
                middle=middle,
                width=_room(row.layer),
                suggested=row.suggested,
                centre=top,
            )
        )
        if not top:
            start = (_column(row.layer - 1), middles[row.parent + 1] + 6)
            strokes.append(elbow("requires", start, (x - 6, middle), outgoing=outgoing, suggested=row.suggested))
    return Picture(WIDTH, below + 2, tuple(strokes), tuple(dots), tuple(labels))


def _column(layer: int) -> int:
    return _MARGIN + _STEP * layer


def _room(layer: int) -> int:
    return WIDTH - _column(layer) - 14
