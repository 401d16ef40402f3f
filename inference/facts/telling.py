"""Turns edges of the graph into facts, each with the record it stands for as that is now.

A snapshot may be some seconds old: what was rejected, retired or approved meanwhile is told as the records have it.
"""

import hashlib
from collections.abc import Iterable

from django.db.models import Q

from inference.facts.adoptions import adoptions
from inference.facts.places import holder, places
from inference.graphs import DECLARED, USES, Edge
from inference.types import Evidence, Fact
from inference.words.relation_words import says
from inference.words.sentences import sentences
from patterns.enums import PublicationState, RelationState
from patterns.models import Relation


class Telling:
    """The facts of some edges. At most six queries, however many edges there are."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        every = list(edges)
        declared = {edge.relation_id for edge in every if edge.kind == USES}
        wanted = {edge.relation_id for edge in every if edge.kind != USES}
        self._relations = {row.pk: row for row in _published(wanted)} if wanted else {}
        self._places: dict[int, str] = {}
        self._adoptions = adoptions(Q(pk__in=declared)) if declared else {}

    def look_up_places(self, edges: Iterable[Edge]) -> None:
        """Find where these relations stand, once they are chosen: reading the file of each candidate takes long."""
        rows = (self._relations.get(edge.relation_id) for edge in edges if edge.kind != USES)
        self._places |= places([row for row in rows if row is not None and row.pk not in self._places])

    def fact(self, edge: Edge, start: str, *, group: str = "") -> Fact | None:
        """The edge as a fact about its end `start`; None where the records no longer say so."""
        return self._adoption(edge, start, group) if edge.kind == USES else self._relation(edge, start, group)

    def fits(self, edge: Edge) -> bool:
        """Whether the evidence of a relation speaks of both its ends, as far as their names tell."""
        relation = self._relations.get(edge.relation_id)
        if relation is None or not relation.evidence:
            return False
        said = relation.evidence.lower()
        return all(any(word in said for word in _telling(end.title)) for end in (relation.source, relation.target))

    def _relation(self, edge: Edge, start: str, group: str) -> Fact | None:
        relation = self._relations.get(edge.relation_id)
        if relation is None or relation.state != edge.state:
            return None
        outgoing = edge.source == start
        names = _names(relation)
        here, there = names if outgoing else reversed(names)
        approved = relation.state == RelationState.APPROVED
        detail = next(sentences(relation.evidence), "") if approved or self.fits(edge) else ""
        return Fact(here, says(edge.kind, outgoing=outgoing), there, self._evidence(relation), detail, group)

    def _adoption(self, edge: Edge, start: str, group: str) -> Fact | None:
        fact = self._adoptions.get(edge.relation_id)
        if fact is None or edge.state != DECLARED:
            return None
        if edge.source == start:
            return Fact(fact.subject, says(USES), fact.thing, fact.source, fact.detail, group)
        return Fact(fact.thing, says(USES, outgoing=False), fact.subject, fact.source, fact.detail, group)

    def _evidence(self, relation: Relation) -> Evidence:
        source, target = _names(relation)
        sentence = f"{source} {says(relation.kind)} {target}."
        text = f"{sentence} {relation.evidence}".strip()
        written_in = holder(relation)
        return Evidence(
            passage_id=None,
            revision_id=written_in.current_id,
            kind="pattern",
            slug=written_in.slug,
            title=written_in.title,
            section=self._places[relation.pk],
            anchor="",
            start=0,
            end=0,
            text=text,
            # Its own, not the file's: two relations of one file are two things to cite.
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            score=0.5,
            why=(f"a relation that is {RelationState(relation.state).label}",),
            relation_id=relation.pk,
            trusted=relation.state == RelationState.APPROVED,
        )


def _published(wanted: Iterable[int]) -> Iterable[Relation]:
    published = PublicationState.PUBLISHED
    rows = Relation.objects.filter(pk__in=wanted, source__state=published, target__state=published)
    return rows.select_related("source", "target").defer("raw")


def _names(relation: Relation) -> tuple[str, str]:
    """What both ends are called; of two with one title each with its address."""
    source, target = relation.source, relation.target
    if source.title.casefold() == target.title.casefold():
        return f"{source.title} ({source.slug})", f"{target.title} ({target.slug})"
    return source.title, target.title


def _telling(title: str) -> list[str]:
    """Words of a title long enough to tell it; all of them where none is."""
    words = title.lower().replace("-", " ").split()
    return [word[:6] for word in words if len(word) > 4] or words
