"""An answer as the page shows it: blocks of checked sentences, sources, and one quiet line on how it was made.

The page and the worker's final event render the same partial, so what a visitor sees live is what a reload shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from inference.models import Answer, Citation
from inference.tables import compared

EXTRACTIVE = "extractive"
FORMS = {"text": "p", "item": "ul", "step": "ol", "heading": "h2"}
LISTS = {"item", "step"}


@dataclass(frozen=True)
class Shown:
    """A sentence as it stands on the page; marks are left out where the next sentence of the block has the same."""

    text: str
    label: str
    support: str
    marks: tuple[int, ...]
    quiet: bool = False  # why an item was chosen


@dataclass(frozen=True)
class Row:
    """One row of a comparison: what is compared, and a run of sentences (or nothing) for each column."""

    name: str
    cells: tuple[tuple[str, tuple[Shown, ...]], ...]


@dataclass(frozen=True)
class Block:
    """A paragraph or heading (one item), a list (several), each item a run of sentences, or a table of rows."""

    tag: str
    items: tuple[tuple[Shown, ...], ...]
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Source:
    """One source beside the answer. `label` names the place, `where` the section, `url` opens it highlighted."""

    number: int
    title: str
    where: str
    revision: int
    quote: str
    url: str
    why: tuple[str, ...]


def page_context(answer: Answer) -> dict[str, Any]:
    """Everything the answer's partials show. One query for the sources of a finished answer, none otherwise."""
    sources = sources_of(answer) if answer.finished else []
    weak = sum(sentence.get("support") == "weak" for sentence in answer.sentences)
    unsupported = sum(sentence.get("support") == "unsupported" for sentence in answer.sentences)
    return {
        "answer": answer,
        "question": answer.question,
        "blocks": blocks(answer.sentences),
        "sources": sources,
        "quoted": answer.generator == EXTRACTIVE,
        "checked": {
            "sentences": sum(bool(one.get("support")) for one in answer.sentences),
            "weak": weak,
            "unsupported": unsupported,
        },
        "seconds": answer.timings.get("total", 0) / 1000,
        "tier": tier_words(answer.tier),
        "generator": generator_words(answer.generator),
    }


def finished_event(answer: Answer) -> dict[str, Any]:
    """The data of the final event: the state and the rendered partial."""
    return {
        "state": answer.state,
        "outcome": answer.outcome,
        "html": render_to_string("inference/_finished.html", page_context(answer)),
    }


def sources_of(answer: Answer) -> list[Source]:
    """The sources of an answer in order. One query."""
    rows = answer.citations.select_related("revision__pattern", "revision__lighthouse").defer(
        "revision__source", "revision__front"
    )
    return [_source(row) for row in rows]


def blocks(sentences: Sequence[dict[str, Any]]) -> list[Block]:
    """Sentences as stored, gathered into paragraphs, lists, headings and comparisons."""
    runs = [
        (group[0].get("form", "text"), _shown(group))
        for _, found in groupby(sentences, key=lambda one: one.get("block", 0))
        if (group := list(found))
    ]
    found = [
        (form, tuple(run for _, run in group))
        for (form, _), found in groupby(enumerate(runs), key=lambda pair: _group_key(pair[0], pair[1][0]))
        if (group := [run for _, run in found])
    ]
    return _with_tables(found)


def _with_tables(found: Sequence[tuple[str, tuple[tuple[Shown, ...], ...]]]) -> list[Block]:
    """The blocks, with each comparison among them as one table."""
    tables = {
        start: (end, columns)
        for start, end, columns in compared(
            [form for form, _ in found], [[run[0].label for run in items] for _, items in found]
        )
    }
    shown, at = [], 0
    while at < len(found):
        if at in tables:
            end, columns = tables[at]
            rows = [_row(found[place][1][0][0].text, found[place + 1][1], columns) for place in range(at, end, 2)]
            shown.append(Block("table", (), columns, tuple(rows)))
            at = end
        else:
            form, items = found[at]
            shown.append(Block(FORMS.get(form, "p"), items))
            at += 1
    return shown


def _row(name: str, items: Sequence[tuple[Shown, ...]], columns: Sequence[str]) -> Row:
    """The items of one row under their columns, without the name that stands above."""
    cells = {run[0].label: (replace(run[0], label=""), *run[1:]) for run in items}
    return Row(name, tuple((column, cells.get(column, ())) for column in columns))


def tier_words(tier: int) -> str:
    return {
        1: _("answered on this server"),
        2: _("answered by the commons"),
        3: _("answered by an outside service"),
    }.get(tier, "")


def generator_words(generator: str) -> str:
    return _("quoted from the library, no language model") if generator == EXTRACTIVE else generator


def _group_key(position: int, form: str) -> tuple[str, int]:
    return (form, 0) if form in LISTS else (form, position + 1)


def _shown(group: Sequence[dict[str, Any]]) -> tuple[Shown, ...]:
    shown = []
    for one, following in zip(group, [*group[1:], None], strict=True):
        marks = tuple(one.get("citations", ()))
        repeated = following is not None and tuple(following.get("citations", ())) == marks
        shown.append(
            Shown(
                one.get("text", ""),
                one.get("label", ""),
                one.get("support", ""),
                () if repeated else marks,
                one.get("form") == "reason",
            )
        )
    return tuple(shown)


def _source(row: Citation) -> Source:
    return Source(
        number=row.number,
        title=row.revision.title,
        where=row.section,
        revision=row.revision.number,
        quote=row.quote,
        url=row.get_absolute_url(),
        why=tuple(row.why),
    )
