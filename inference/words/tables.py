"""Comparisons as tables, both ways: a Markdown table that a model writes becomes headings with items, the form in which
sentences are checked, and such headings with items become the table that the page shows. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

LEAST_ROWS = 2
COLUMNS = range(2, 4)
_RULE = re.compile(r"^[\s|:+-]+$")
_CELL_END = re.compile(r"(?<!\\)\|")


def blocks_of_table(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (form, content): a heading a row, an item a cell, named by its column; two columns become plain items."""
    rows = [_cells(line) for line in lines if not _RULE.match(line)]
    ruled = len(lines) > 1 and bool(_RULE.match(lines[1]))
    names, rows = (rows[0], rows[1:]) if ruled and rows else ([], rows)
    for cells in rows:
        first, *rest = cells
        if len(rest) < 2:
            yield "item", _named(first, rest[0]) if rest and rest[0] else first
            continue
        if first:
            yield "heading", first
        for place, cell in enumerate(rest, 1):
            if cell:
                yield "item", _named(names[place] if place < len(names) else "", cell)


def compared(forms: Sequence[str], labels: Sequence[Sequence[str]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where blocks make a table: (first block, block after the last, column names).

    `forms` are the forms of the blocks, `labels` the names of each block's items. A table is two or more headings in a
    row, each with a list whose items all have one of the same two or three names.
    """
    found = []
    start = 0
    while start < len(forms):
        end, columns = start, dict[str, None]()
        while (
            end + 1 < len(forms)
            and forms[end] == "heading"
            and forms[end + 1] == "item"
            and _each_once(labels[end + 1])
        ):
            together = columns | dict.fromkeys(labels[end + 1])
            if len(together) > COLUMNS[-1]:
                break
            columns, end = together, end + 2
        beside = any(len(labels[place]) > 1 for place in range(start + 1, end, 2))
        if end - start >= 2 * LEAST_ROWS and beside and len(columns) in COLUMNS:
            found.append((start, end, tuple(columns)))
            start = end
        else:
            start += 1
    return found


def _each_once(labels: Sequence[str]) -> bool:
    return all(labels) and all(one != other for one, other in pairwise(sorted(labels)))


def _cells(line: str) -> list[str]:
    inside = line.strip().removeprefix("|")
    inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
    return [" ".join(re.sub(r"<br\s*/?>", " ", cell).replace("\\|", "|").split()) for cell in _CELL_END.split(inside)]


def _named(name: str, text: str) -> str:
    plain = name.replace("*", "").strip(" :")
    return f"**{plain}**: {text}" if plain else text
