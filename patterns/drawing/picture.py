"""What every drawn graph is made of: lines, dots and labels in the units of its view box. One template draws them all.

Coordinates are whole units from the top left; one unit is about one CSS pixel where a picture stands in a rail.
"""

from dataclasses import dataclass
from typing import Final

from patterns.drawing.lettering import LINE, Lettering, lettered

WIDTH: Final = 304  # as wide as a rail, and as a phone of 320 px is inside its margins
FONT: Final = 13
BOLD: Final = 1.14  # how much wider the bold face is


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line in the style of its relation kind; `head` are the corners of its arrow head, empty when it has none."""

    kind: str
    suggested: bool
    path: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A pattern: filled when an approved relation leads to it, else a ring; larger when the page is about it."""

    x: int
    y: int
    radius: int
    suggested: bool = False
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """What a label covers."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Say whether the two share any area."""
        aside = self.right <= other.left or other.right <= self.left
        return not (aside or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a label, at its baseline."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A title beside its dot; `slug` names the page it leads to (empty: none), `title` is the whole of it."""

    title: str
    slug: str
    lines: tuple[Line, ...]
    anchor: str
    box: Box
    suggested: bool = False
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """A few words of the picture's own."""

    x: int
    y: int
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn graph. `kinds` are the relation kinds in it, for a legend that lists no others."""

    width: int
    height: int
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    captions: tuple[Caption, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(stroke.kind for stroke in self.strokes))

    @property
    def has_suggested(self) -> bool:
        return any(stroke.suggested for stroke in self.strokes)


def label(
    title: str,
    slug: str,
    *,
    x: int,
    middle: int,
    width: int,
    anchor: str = "start",
    suggested: bool = False,
    centre: bool = False,
) -> Label:
    """Return `title` set at `x` in one or two lines, its middle at the height `middle`; never wider than `width`."""
    set_ = _set(title, width, bold=centre)
    pitch = FONT * LINE
    top = middle - pitch * len(set_.lines) / 2
    left = {"start": x, "middle": x - set_.width / 2, "end": x - set_.width}[anchor]
    return Label(
        title=title,
        slug=slug,
        lines=tuple(Line(x, round(top + pitch * place + FONT * 0.95), text) for place, text in enumerate(set_.lines)),
        anchor=anchor,
        box=Box(left, top, left + set_.width, top + pitch * len(set_.lines)),
        suggested=suggested,
        centre=centre,
    )


def row_height(title: str, width: int, *, bold: bool = False, least: int = 28) -> int:
    """Return how high a row must be whose label is `title`, with air between it and the next."""
    return max(least, round(len(_set(title, width, bold=bold).lines) * FONT * LINE) + 6)


def _set(title: str, width: int, *, bold: bool) -> Lettering:
    return lettered(title, size=FONT * BOLD if bold else FONT, width=width)
