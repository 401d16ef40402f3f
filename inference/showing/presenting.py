"""An answer as the page shows it: blocks of checked sentences, sources, and one quiet line on how it was made.

The page and the worker's final event render the same partial, so what a visitor sees live is what a reload shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string

from inference.models import Answer
from inference.showing.follow_ups import suggestions
from inference.showing.known_as import other_names
from inference.showing.making import EXTRACTIVE, account, cost_words, generator_words, tier_words
from inference.showing.sources import Source, sources
from inference.words.tables import compared

__all__ = ["EXTRACTIVE", "Block", "Shown", "Source", "blocks", "finished_event", "page_context"]
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


def page_context(answer: Answer) -> dict[str, Any]:
    """Everything the answer's partials show. A finished answer takes one query for its sources, one where some have
    newer revisions, one for what a model used, and those of the suggested follow-ups; another one takes none.
    """
    finished = answer.finished
    written = finished and answer.generator not in {"", EXTRACTIVE}
    usage = answer.usage.order_by("-pk").first() if written else None
    support = [sentence.get("support") for sentence in answer.sentences if sentence.get("support")]
    return {
        "answer": answer,
        "question": answer.question,
        "blocks": blocks(answer.sentences),
        "sources": sources(answer.citations.all()) if finished else [],
        "quoted": answer.generator == EXTRACTIVE,
        "known_as": other_names(answer.route) if answer.outcome == Answer.Outcome.ANSWER else [],
        "checked": {
            "sentences": len(support), "weak": support.count("weak"), "unsupported": support.count("unsupported")
        },
        "seconds": answer.timings.get("total", 0) / 1000,
        "tier": tier_words(answer.tier),
        "generator": generator_words(answer.generator),
        "cost": cost_words(usage),
        "making": account(answer, usage) if finished else (),
        "suggestions": suggestions(answer) if answer.state == Answer.State.DONE else (),
    }  # fmt: skip


def finished_event(answer: Answer) -> dict[str, Any]:
    """The data of the final event: the state and the rendered partial."""
    return {
        "state": answer.state,
        "outcome": answer.outcome,
        "html": render_to_string("inference/_finished.html", page_context(answer)),
    }


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
