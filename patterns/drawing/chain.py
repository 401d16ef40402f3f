"""A way from one pattern to another: stations one below the other, joined in the style of their relations. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patterns.drawing.picture import WIDTH, Caption, Dot, Label, Picture, Stroke, label, row_height
from patterns.drawing.strokes import straight

_LINE: Final = 12
_TEXT: Final = 32
_ROOM: Final = WIDTH - _TEXT - 2
_BETWEEN: Final = 40


@dataclass(frozen=True, slots=True)
class Station:
    """A pattern on the way, by its title and address."""

    title: str
    slug: str


@dataclass(frozen=True, slots=True)
class Leg:
    """The relation between a station and the next; `words` say it as read downwards. `outgoing`: it points down."""

    kind: str
    outgoing: bool
    suggested: bool
    words: str


def chain(stations: Sequence[Station], legs: Sequence[Leg]) -> Picture:
    """Draw `stations` in order with one of `legs` between each two."""
    places: list[int] = []
    below = 2
    for place, station in enumerate(stations):
        height = row_height(station.title, _ROOM, bold=place in {0, len(stations) - 1})
        places.append(below + height // 2)
        below += height + (_BETWEEN if place < len(stations) - 1 else 2)
    last = len(stations) - 1
    dots, labels = list[Dot](), list[Label]()
    for place, (station, middle) in enumerate(zip(stations, places, strict=True)):
        end = place in {0, last}
        doubtful = not end and any(leg.suggested for leg in legs[place - 1 : place + 1])
        dots.append(Dot(_LINE, middle, radius=7 if end else 5, suggested=doubtful, centre=end))
        labels.append(label(station.title, station.slug, x=_TEXT, middle=middle, width=_ROOM, centre=end))
    strokes, captions = list[Stroke](), list[Caption]()
    for leg, upper, lower in zip(legs, places, places[1:], strict=False):
        ends = ((_LINE, upper + 8), (_LINE, lower - 9))
        start, end = ends if leg.outgoing else reversed(ends)
        strokes.append(straight(leg.kind, start, end, outgoing=True, suggested=leg.suggested))
        captions.append(Caption(_TEXT, (upper + lower) // 2 + 4, leg.words))
    return Picture(WIDTH, below, tuple(strokes), tuple(dots), tuple(labels), tuple(captions))
