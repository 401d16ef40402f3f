"""An answer as the page shows it: blocks of checked sentences, sources, and one quiet line on how it was made.

The page and the worker's final event render the same partial, so what a visitor sees live is what a reload shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from inference.models import Answer, Citation

EXTRACTIVE = "extractive"
FORMS = {"text": "p", "item": "ul", "heading": "h2"}


@dataclass(frozen=True)
class Shown:
    """A sentence as it stands on the page; marks are left out where the next sentence of the block has the same."""

    text: str
    label: str
    support: str
    marks: tuple[int, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph or heading (one item) or a list (several), each item a run of sentences."""

    tag: str
    items: tuple[tuple[Shown, ...], ...]


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
        "checked": {"sentences": len(answer.sentences), "weak": weak, "unsupported": unsupported},
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
    """Sentences as stored, gathered into paragraphs, lists and headings."""
    runs = [
        (group[0].get("form", "text"), _shown(group))
        for _, found in groupby(sentences, key=lambda one: one.get("block", 0))
        if (group := list(found))
    ]
    return [
        Block(FORMS.get(form, "p"), tuple(run for _, run in group))
        for (form, _), found in groupby(enumerate(runs), key=lambda pair: _group_key(pair[0], pair[1][0]))
        if (group := [run for _, run in found])
    ]


def tier_words(tier: int) -> str:
    return {
        1: _("answered on this server"),
        2: _("answered by the commons"),
        3: _("answered by an outside service"),
    }.get(tier, "")


def generator_words(generator: str) -> str:
    return _("quoted from the library, no language model") if generator == EXTRACTIVE else generator


def _group_key(position: int, form: str) -> tuple[str, int]:
    return (form, 0) if form == "item" else (form, position + 1)


def _shown(group: Sequence[dict[str, Any]]) -> tuple[Shown, ...]:
    shown = []
    for one, following in zip(group, [*group[1:], None], strict=True):
        marks = tuple(one.get("citations", ()))
        repeated = following is not None and tuple(following.get("citations", ())) == marks
        shown.append(
            Shown(one.get("text", ""), one.get("label", ""), one.get("support", ""), () if repeated else marks)
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
