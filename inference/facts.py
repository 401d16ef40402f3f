"""What the records themselves say of an entry: the patterns a lighthouse uses, and the relations people approved.

Suggested relations are never facts: they come apart, under their own heading. A few queries, none in a loop.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from inference.models import Passage
from inference.sentences import sentences
from inference.types import Entity, Evidence, Fact, Route, RouteKind
from inference.vocabulary import words
from patterns.enums import Provenance, PublicationState, RelationKind, RelationState
from patterns.models import Adoption, Lighthouse, Relation

MOST_FACTS = 24
MOST_SUGGESTED = 6

SAYS = {
    RelationKind.ENABLES: "enables",
    RelationKind.REQUIRES: "requires",
    RelationKind.TENSIONS_WITH: "is in tension with",
    RelationKind.SPECIALIZES: "specialises",
    RelationKind.ALTERNATIVE_TO: "is an alternative to",
    RelationKind.COMPLEMENTS: "complements",
    RelationKind.TOOL_FOR: "is a tool for",
    RelationKind.RELATED: "is related to",
}
_ASKED_KINDS = {
    RelationKind.ENABLES: r"\benabl|\bsupport|\bmakes? possible",
    RelationKind.REQUIRES: r"\brequir|\bprerequisite|\bdepend|\bneeds?\b",
    RelationKind.TENSIONS_WITH: r"\btension|\bconflict|\bcontradict",
    RelationKind.SPECIALIZES: r"\bspeciali[sz]|\bkinds? of\b|\bgenerali[sz]",
    RelationKind.ALTERNATIVE_TO: r"\balternative|\binstead\b",
    RelationKind.COMPLEMENTS: r"\bcomplement|\bgoes? (?:well )?with\b|\bcombine",
    RelationKind.TOOL_FOR: r"\btools?\b",
}
_USE = re.compile(r"\b(?:use[sd]?|using|adopt\w*|practi[sc]e\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """What is stated, and what is only suggested, each with its evidence."""

    stated: tuple[Fact, ...] = ()
    suggested: tuple[Fact, ...] = ()


def facts_about(question: str, route: Route) -> Facts:
    """The records about what the question names; nothing unless the question is about relations."""
    lighthouses = [entity.id for entity in route.entities if entity.kind == "lighthouse"]
    if route.kind != RouteKind.GRAPH and not (lighthouses and _USE.search(question)):
        return Facts()
    patterns = [entity.id for entity in route.entities if entity.kind == "pattern"]
    kinds = [kind for kind, asks in _ASKED_KINDS.items() if re.search(asks, question, re.IGNORECASE)]
    stated: list[Fact] = []
    suggested: list[Fact] = []
    if lighthouses or (patterns and not kinds and _USE.search(question)):
        which = Q(lighthouse__in=lighthouses) if lighthouses else Q(pattern__in=patterns)
        stated += _adoptions(which, turned=not lighthouses)
    if patterns and not lighthouses and (kinds or not stated):
        for relation in _relations(patterns, kinds):
            approved = relation.state == RelationState.APPROVED
            (stated if approved else suggested).append(_relation_fact(relation))
    return Facts(_once(stated)[:MOST_FACTS], _once(suggested)[:MOST_SUGGESTED])


def _adoptions(which: Q, *, turned: bool) -> list[Fact]:
    rows = list(
        Adoption.objects.filter(which, lighthouse__state=PublicationState.PUBLISHED)
        .select_related("lighthouse__current", "pattern")
        .order_by("lighthouse_id", "position")[:MOST_FACTS]
    )
    passages = list(
        Passage.objects.filter(lighthouse__in={row.lighthouse_id for row in rows}, current=True)
        .order_by("lighthouse_id", "position")
        .defer("embedding", "words")
    )
    lists = {row.lighthouse_id: _list(row.lighthouse, rows) for row in rows}
    described = [_adoption_fact(row, passages, lists, turned=turned) for row in rows if _is_published(row)]
    # A title that names no pattern here stays the lighthouse's own word.
    return described + [
        Fact(row.lighthouse.title, "lists", row.reference, lists[row.lighthouse_id])
        for row in rows
        if not _is_published(row)
    ]


def _is_published(row: Adoption) -> bool:
    return row.pattern is not None and row.pattern.state == PublicationState.PUBLISHED


def _adoption_fact(row: Adoption, passages: Sequence[Passage], lists: dict[int, Evidence], *, turned: bool) -> Fact:
    """What the lighthouse's own text says of the pattern, or its list; `turned` has the pattern as the subject."""
    ends = (row.pattern.title, "is used by", row.lighthouse.title)
    subject, says, thing = ends if turned else (row.lighthouse.title, "uses", row.pattern.title)
    names = [name for name in (row.pattern.title, row.reference, *row.pattern.aliases) if name]
    own = [passage for passage in passages if passage.lighthouse_id == row.lighthouse_id]
    if told := _telling(own, names, row.lighthouse.title):
        why = ("it is what this lighthouse says of itself",)
        return Fact(subject, says, thing, passage_evidence(told[0], row.lighthouse, score=1.0, why=why), told[1])
    return Fact(subject, says, thing, lists[row.lighthouse_id])


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


def passage_evidence(
    passage: Passage, thing: Entity | Lighthouse, *, score: float, why: tuple[str, ...] = ()
) -> Evidence:
    """A passage of `thing` as evidence, chosen for what it belongs to and not by a search."""
    return Evidence(
        passage_id=passage.pk,
        revision_id=passage.revision_id,
        kind="lighthouse" if passage.lighthouse_id else "pattern",
        slug=thing.slug,
        title=thing.title,
        section=passage.section,
        anchor=passage.anchor,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        sha256=passage.sha256,
        score=score,
        why=why or ("it is where this entry says what it is",),
    )


def _list(lighthouse: Lighthouse, rows: Sequence[Adoption]) -> Evidence:
    """The lighthouse's own list of what it uses, as its file has it."""
    own = [row for row in rows if row.lighthouse_id == lighthouse.pk]
    lines = [row.line for row in own if row.line]
    place = f"patterns_used, lines {min(lines)} to {max(lines)}" if lines else "patterns_used"
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
        text=f"{lighthouse.title} lists as patterns used: {', '.join(row.reference for row in own)}.",
        sha256=lighthouse.current.sha256,
        score=1.0,
        why=("the lighthouse lists it in its own file",),
    )


def _relations(patterns: Sequence[int], kinds: Sequence[str]) -> list[Relation]:
    rows = (
        Relation.objects.filter(Q(source__in=patterns) | Q(target__in=patterns))
        .filter(
            source__state=PublicationState.PUBLISHED,
            target__state=PublicationState.PUBLISHED,
            state__in=[RelationState.APPROVED, RelationState.SUGGESTED],
        )
        .exclude(source=None)
        .exclude(target=None)
        .select_related("source__current", "target")
        .defer("source__current__source", "source__current__front")
    )
    if kinds:
        rows = rows.filter(kind__in=kinds)
    # Evidence and a human hand first; the noise that machines wrote in bulk last.
    ordered = rows.order_by("state", "-evidence", "pk")[:200]
    return sorted(ordered, key=lambda row: (row.provenance == Provenance.INFERRED, row.evidence == "", row.pk))


def _relation_fact(relation: Relation) -> Fact:
    says = SAYS.get(relation.kind, relation.kind.replace("_", " "))
    sentence = f"{relation.source.title} {says} {relation.target.title}."
    evidence = Evidence(
        passage_id=None,
        revision_id=relation.source.current_id,
        kind="pattern",
        slug=relation.source.slug,
        title=relation.source.title,
        section=f"relation, {relation.stands_at}" if relation.stands_at else "relation",
        anchor="",
        start=0,
        end=0,
        text=f"{sentence} {relation.evidence}".strip(),
        sha256=relation.source.current.sha256,
        score=0.5,
        why=(f"a relation that is {RelationState(relation.state).label}",),
        relation_id=relation.pk,
        trusted=relation.state == RelationState.APPROVED,
    )
    return Fact(relation.source.title, says, relation.target.title, evidence, _first(relation.evidence))


def _first(evidence: str) -> str:
    return next(sentences(evidence), "")


def _once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({(fact.subject, fact.says, fact.thing): fact for fact in reversed(list(facts))}.values())[::-1]
