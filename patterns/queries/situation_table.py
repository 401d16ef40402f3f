"""The first look at constellations: how many patterns suit each archetype at each stage, as a table to step into."""

import math
from dataclasses import dataclass
from typing import Final

from patterns.queries.constellations import choices
from patterns.queries.facet_index import Kept
from patterns.queries.situations import Situation

ROWS: Final = 10
COLUMNS: Final = 12
SHADES: Final = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` patterns suit both; `shade` is 0 for none, up to 5 for the most, by the root of its share."""

    stage: str
    count: int
    shade: int
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One archetype and its cells, in the order of the columns."""

    label: str
    count: int
    address: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SituationTable:
    """Archetypes down, stages across: `columns` are `(label, address)`."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def situation_table(kept: Kept) -> SituationTable:
    """Return the table of the archetypes that most patterns suit. No query."""
    offered = choices(kept, {})
    stages, archetypes = offered["stage"][:COLUMNS], offered["archetype"][:ROWS]
    counts = {(one.key, at.key): (one.bits & at.bits).bit_count() for one in archetypes for at in stages}
    most = max(counts.values(), default=0)
    rows = []
    for one in archetypes:
        cells = []
        for at in stages:
            count = counts[one.key, at.key]
            address = Situation({"archetype": one.key, "stage": at.key}).address()
            shade = math.ceil(SHADES * math.sqrt(count / most)) if count else 0
            cells.append(Cell(stage=at.label, count=count, shade=shade, address=address))
        address = Situation({"archetype": one.key}).address()
        rows.append(Row(label=one.label, count=one.bits.bit_count(), address=address, cells=tuple(cells)))
    columns = tuple((at.label, Situation({"stage": at.key}).address()) for at in stages)
    return SituationTable(columns=columns, rows=tuple(rows))
