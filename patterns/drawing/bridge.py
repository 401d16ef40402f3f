"""What two patterns share: one at each edge, and as rows between them the neighbours that both have. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patterns.drawing.picture import WIDTH, Dot, Label, Picture, Stroke, label, row_height
from patterns.drawing.strokes import curved

MOST: Final = 12
_SIDE: Final = 8
_FAR: Final = WIDTH - _SIDE
_REACH: Final = 58  # where the lines of either side end
_ROOM: Final = WIDTH - 2 * (_REACH + 6)
_HEADS: Final = WIDTH // 2 - 8


@dataclass(frozen=True, slots=True)
class Arm:
    """How one of the two is joined to what both share. `outgoing`: the relation starts at that one of the two."""

    kind: str
    outgoing: bool
    suggested: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A pattern both are joined to."""

    title: str
    slug: str
    left: Arm
    right: Arm


def bridge(left: str, right: str, spans: Sequence[Span]) -> Picture:
    """Draw at most `MOST` of `spans` between the patterns with the titles `left` and `right`."""
    heads = max(row_height(title, _HEADS, bold=True) for title in (left, right))
    below = heads + 6
    rows: list[tuple[Span, int]] = []
    for span in spans[:MOST]:
        height = row_height(span.title, _ROOM)
        rows.append((span, below + height // 2))
        below += height
    below = max(below, heads + 6 + 16)
    middle = (heads + 6 + below) // 2
    strokes: list[Stroke] = []
    dots = [Dot(_SIDE, middle, radius=6, centre=True), Dot(_FAR, middle, radius=6, centre=True)]
    labels: list[Label] = [
        label(left, "", x=0, middle=heads // 2, width=_HEADS, centre=True),
        label(right, "", x=WIDTH, middle=heads // 2, width=_HEADS, anchor="end", centre=True),
    ]
    for span, height in rows:
        doubtful = span.left.suggested or span.right.suggested
        for arm, edge, end in ((span.left, _SIDE, _REACH), (span.right, _FAR, WIDTH - _REACH)):
            strokes.append(
                curved(arm.kind, (edge, middle), (end, height), outgoing=arm.outgoing, suggested=arm.suggested, run=20)
            )
        labels.append(
            label(span.title, span.slug, x=WIDTH // 2, middle=height, width=_ROOM, anchor="middle", suggested=doubtful)
        )
    return Picture(WIDTH, below + 4, tuple(strokes), tuple(dots), tuple(labels))
