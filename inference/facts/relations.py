"""The relations of a pattern as sentences, each with the state that people gave it."""

import re
from collections.abc import Sequence

from django.db.models import Q

from inference.sentences import sentences
from inference.types import Evidence, Fact
from patterns.enums import Provenance, PublicationState, RelationKind, RelationState
from patterns.models import Relation

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


def asked_kinds(question: str) -> list[str]:
    """The kinds of relation a question asks for; none means any."""
    return [kind for kind, asks in _ASKED_KINDS.items() if re.search(asks, question, re.IGNORECASE)]


def relations(patterns: Sequence[int], kinds: Sequence[str]) -> list[Relation]:
    """Approved and suggested relations at these patterns, the best founded first. One query."""
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


def relation_fact(relation: Relation) -> Fact:
    """The relation as a fact whose source is its own sentence and evidence."""
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
