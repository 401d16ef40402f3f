"""Where a comment stands, and where its line is in a later text; pure.

A spot is a short text a form carries: `w` the whole, `f.title` a field, `s.context` a section, `n.context.12` line 12
of a section as it is now, `o.context.12` one that is taken out. A line is found again by its words in its section;
where the same words stand twice there, by its neighbours. A comment is rather shown apart than on a line that is not
its own.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from patterns.texts.sections import split

Kind = Literal["w", "f", "s", "n", "o"]
WHOLE: Final = "w"
QUOTED: Final = 300  # characters of a line that are kept to be quoted
MOST: Final = 200  # characters of a spot
Lines = Mapping[str, Sequence[str]]  # section → its lines, its heading first


class NoSuchSpot(ValueError):
    """The form names a place that the text does not have."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a text. `name` is a field or the anchor of a section, `number` a line in it, from 1."""

    kind: Kind
    name: str = ""
    number: int = 0

    def __str__(self) -> str:
        return ".".join(filter(None, [self.kind, self.name if self.kind != "w" else "", str(self.number or "")]))

    @property
    def is_line(self) -> bool:
        return self.kind in {"n", "o"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What finds a line again: its words, whether it was the only one with them, and what stood around it."""

    quote: str = ""
    digest: str = ""
    alone: bool = True
    around: str = ""


def parse_spot(written: str) -> Spot:
    """Read a spot as a form carries it. Raises `NoSuchSpot`."""
    kind, _, rest = written.partition(".")
    if len(written) > MOST or kind not in {"w", "f", "s", "n", "o"}:
        raise NoSuchSpot
    if kind in {"w", "f", "s"}:
        return Spot(kind, "" if kind == "w" else rest)
    name, _, number = rest.rpartition(".")
    if not number.isascii() or not number.isdigit() or len(number) > 8:
        raise NoSuchSpot
    return Spot(kind, name, int(number))


def lines_of(body: str) -> dict[str, list[str]]:
    """The lines of each section of a body, by its anchor."""
    return {section.anchor: body[section.start : section.end].splitlines() for section in split(body)}


def mark_of(spot: Spot, lines: Lines) -> Mark:
    """What finds the line of `spot` again; nothing for fields, sections and the whole. Raises `NoSuchSpot`."""
    if not spot.is_line:
        if spot.kind == "s" and spot.name not in lines:
            raise NoSuchSpot
        return Mark()
    here = lines.get(spot.name, ())
    if not 0 < spot.number <= len(here):
        raise NoSuchSpot
    text = here[spot.number - 1]
    return Mark(text[:QUOTED], digest(text), sum(one == text for one in here) == 1, _around(here, spot.number - 1))


def line_again(spot: Spot, mark: Mark, lines: Lines) -> Spot | None:
    """Return where the line stands in another text, or None when it is not certain that it does."""
    found = list(_places(mark, lines.get(spot.name, ())))
    if len(found) == 1 and mark.alone:
        return Spot(spot.kind, spot.name, found[0][0])
    same = [number for number, around in found if around == mark.around]
    if same:
        return Spot(spot.kind, spot.name, same[0]) if len(same) == 1 else None
    if spot.name in lines:
        return None
    # The section has another name by now: the line, with the same neighbours, must be the only one anywhere.
    elsewhere = [
        Spot(spot.kind, name, number)
        for name, here in lines.items()
        for number, around in _places(mark, here)
        if around == mark.around
    ]
    return elsewhere[0] if len(elsewhere) == 1 else None


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _places(mark: Mark, here: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield number and surroundings of each line with the mark's words."""
    for index, line in enumerate(here):
        if line[:QUOTED] == mark.quote and digest(line) == mark.digest:
            yield index + 1, _around(here, index)


def _around(here: Sequence[str], index: int) -> str:
    """What names the lines before and after, blank ones aside."""
    before = next((line for line in reversed(here[:index]) if line.strip()), "")
    after = next((line for line in here[index + 1 :] if line.strip()), "")
    return digest(f"{digest(before)}\n{digest(after)}")
