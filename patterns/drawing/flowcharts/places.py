"""How much room the boxes and labels of a flowchart take. Pure."""

from dataclasses import dataclass, field
from typing import Final

from patterns.drawing.flowcharts.chart import Node
from patterns.drawing.lettering import LINE, lettered

SIZE: Final = 13  # of the letters, in the units of the picture
SMALL: Final = 12
_LONGEST_WORD: Final = 190


@dataclass(slots=True)
class Place:
    """A box, a label, or a bend where a long arrow passes a layer (without lines); `x` and `y` are its middle."""

    lines: tuple[str, ...] = ()
    width: float = 0
    height: float = 0
    node: Node | None = None
    x: float = 0
    y: float = 0
    above: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)


def box(node: Node, *, width: float) -> Place:
    """Return the box of `node`, its label broken at `width` or at its longest word."""
    lines, widest = _lines(node.label, size=SIZE, width=width)
    aside = 30 if node.shape in {"choice", "pill"} else 20
    return Place(lines, max(widest + aside, 56), len(lines) * SIZE * LINE + 15, node)


def label(text: str) -> Place:
    """Return the room for what is said of an arrow."""
    lines, widest = _lines(text, size=SMALL, width=104)
    return Place(lines, widest + 6, len(lines) * SMALL * LINE + 4)


def _lines(text: str, *, size: float, width: float) -> tuple[tuple[str, ...], float]:
    words = (lettered(word, size=size, width=_LONGEST_WORD, lines=1).width for word in text.split())
    width = max(width, *words, 0)
    parts = [lettered(part, size=size, width=width, lines=4) for part in text.split("\n")[:4] if part.strip()]
    parts = parts or [lettered(text, size=size, width=width, lines=1)]
    return tuple(line for part in parts for line in part.lines), max(part.width for part in parts)
