"""Which patterns a lighthouse uses, told in its own words where it has some."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Q

from inference.facts.passages import passage_evidence
from inference.graphs import USES
from inference.models import Passage
from inference.types import Evidence, Fact
from inference.words.relation_words import says
from inference.words.sentences import sentences
from inference.words.vocabulary import words
from patterns.enums import PublicationState
from patterns.models import Adoption, Lighthouse

MOST = 24


def used(which: Q, *, turned: bool) -> list[Fact]:
    """Who uses what, told of the lighthouses, or `turned` of the patterns; then what they only list. Two queries."""
    rows = _rows(which)
    told = _told(rows)
    described = [_turned(told[row.pk]) if turned else told[row.pk] for row in rows if _is_published(row)]
    # A title that names no pattern here stays the lighthouse's own word.
    return described + [
        Fact(row.lighthouse.title, "lists", row.reference, _list(row.lighthouse, rows))
        for row in rows
        if not _is_published(row)
    ]


def adoptions(which: Q) -> dict[int, Fact]:
    """The adoptions of published patterns that `which` selects as facts, by their ids. Two queries."""
    return _told(_rows(which))


def _rows(which: Q) -> list[Adoption]:
    return list(
        Adoption.objects.filter(which, lighthouse__state=PublicationState.PUBLISHED)
        .select_related("lighthouse__current", "pattern")
        .order_by("lighthouse_id", "position")[:MOST]
    )


def _told(rows: Sequence[Adoption]) -> dict[int, Fact]:
    described = [row for row in rows if _is_published(row)]
    passages = list(
        Passage.objects.filter(
            lighthouse__in={row.lighthouse_id for row in described}, current=True, generation__live=True
        )
        .order_by("lighthouse_id", "position")
        .defer("embedding", "words")
    )
    lists = {row.lighthouse_id: _list(row.lighthouse, rows) for row in described}
    return {row.pk: _fact(row, passages, lists[row.lighthouse_id]) for row in described}


def _is_published(row: Adoption) -> bool:
    return row.pattern is not None and row.pattern.state == PublicationState.PUBLISHED


def _fact(row: Adoption, passages: Sequence[Passage], listed: Evidence) -> Fact:
    """What the lighthouse's own text says of the pattern, or its list."""
    names = [name for name in (row.pattern.title, row.reference, *row.pattern.aliases) if name]
    own = [passage for passage in passages if passage.lighthouse_id == row.lighthouse_id]
    if told := _telling(own, names, row.lighthouse.title):
        why = ("it is what this lighthouse says of itself",)
        source = passage_evidence(told[0], row.lighthouse, score=1.0, why=why)
        return Fact(row.lighthouse.title, says(USES), row.pattern.title, source, told[1])
    return Fact(row.lighthouse.title, says(USES), row.pattern.title, listed)


def _turned(fact: Fact) -> Fact:
    return replace(fact, subject=fact.thing, says=says(USES, outgoing=False), thing=fact.subject)


def _telling(passages: Iterable[Passage], names: Sequence[str], user: str) -> tuple[Passage, str] | None:
    """The sentence that tells most of how `user` uses what has these names, with its passage.

    Best is the sentence after the name as a label ("Consent. Buurtzorg uses consent as …"), then one that names both,
    then one that names only the pattern.
    """
    wanted = [f" {_spaced(name)} " for name in names]
    best: tuple[int, Passage, str] | None = None
    for passage in passages:
        for line in passage.text.splitlines():
            told = list(sentences(line))
            label = any(_spaced(told[0]) == name.strip() for name in wanted) if told else False
            for sentence in told[1:2] if label else told:
                said = f" {_spaced(sentence)} "
                if len(sentence.split()) < 7 or not (label or any(name in said for name in wanted)):
                    continue
                rank = 3 if label else 2 if f" {_spaced(user)} " in said else 1
                if best is None or rank > best[0]:
                    best = (rank, passage, sentence)
    return best[1:] if best else None


def _spaced(text: str) -> str:
    """Lower-case words with single spaces, so that `Open-Book Management` is found however it is written."""
    return " ".join(words(text))


def _list(lighthouse: Lighthouse, rows: Sequence[Adoption]) -> Evidence:
    """The lighthouse's own list of what it uses, as its file has it."""
    own = [row for row in rows if row.lighthouse_id == lighthouse.pk]
    lines = [row.line for row in own if row.line]
    place = "patterns_used"
    if lines:
        place += f", line {lines[0]}" if min(lines) == max(lines) else f", lines {min(lines)} to {max(lines)}"
    return Evidence(
        passage_id=None,
        revision_id=lighthouse.current_id,
        kind="lighthouse",
        slug=lighthouse.slug,
        title=lighthouse.title,
        section=place,
        anchor="",
        start=0,
        end=0,
        text=f"{lighthouse.title} lists as patterns used: {', '.join(_listed(row) for row in own)}.",
        sha256=lighthouse.current.sha256,
        score=1.0,
        why=("the lighthouse lists it in its own file",),
    )


def _listed(row: Adoption) -> str:
    """The lighthouse's word, and the name this library has for it where that is another."""
    if not _is_published(row) or _spaced(row.reference) == _spaced(row.pattern.title):
        return row.reference
    return f"{row.reference} (here: {row.pattern.title})"
