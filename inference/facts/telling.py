"""Turns edges of the graph into facts, each with the record it stands for as that is now.

A snapshot may be some seconds old: what was rejected, retired or approved meanwhile is told as the records have it.
"""

import hashlib
from collections.abc import Iterable

from django.db.models import Q
from django.utils import translation

from inference.facts.adoptions import adoptions
from inference.facts.places import holder, places
from inference.graphs import DECLARED, USES, Edge
from inference.types import Evidence, Fact
from inference.words.relation_words import says
from inference.words.sentences import sentences
from patterns.enums import PublicationState, RelationState
from patterns.models import Relation
from patterns.queries.doubts import told

MOST_DOUBTS = 2  # of one relation that an answer tells


class Telling:
    """The facts of some edges. At most seven queries, however many edges there are."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        every = list(edges)
        declared = {edge.relation_id for edge in every if edge.kind == USES}
        wanted = {edge.relation_id for edge in every if edge.kind != USES}
        self._relations = {row.pk: row for row in _published(wanted)} if wanted else {}
        self._doubts = _doubts(row.pk for row in self._relations.values() if row.state == RelationState.SUGGESTED)
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

    def doubted(self, edge: Edge) -> bool:
        """Whether something speaks against a relation that nobody has reviewed."""
        return edge.kind != USES and edge.relation_id in self._doubts

    def parted(self, edges: Iterable[Edge]) -> tuple[list[Edge], list[Edge]]:
        """Part `edges` into those nothing speaks against, and those in doubt."""
        every = list(edges)
        return [one for one in every if not self.doubted(one)], [one for one in every if self.doubted(one)]

    def _relation(self, edge: Edge, start: str, group: str) -> Fact | None:
        relation = self._relations.get(edge.relation_id)
        if relation is None or relation.state != edge.state:
            return None
        outgoing = edge.source == start
        names = _names(relation)
        here, there = names if outgoing else reversed(names)
        approved = relation.state == RelationState.APPROVED
        detail = next(sentences(relation.evidence), "") if approved or self.fits(edge) else ""
        return Fact(
            here,
            says(edge.kind, outgoing=outgoing),
            there,
            self._evidence(relation),
            detail,
            group,
            self._doubt(relation),
        )

    def _doubt(self, relation: Relation) -> str:
        return " ".join(f"In doubt: {words}" for words in self._doubts.get(relation.pk, ())[:MOST_DOUBTS])

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
        # What speaks against it is a part of what is shown as its source, so that it can be read there.
        text = " ".join(filter(None, (sentence, relation.evidence, self._doubt(relation))))
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


def _doubts(relations: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What speaks against each, in the language that all of an answer's own words are in. One query, or none."""
    with translation.override("en"):
        return {pk: tuple(one.words for one in doubts) for pk, doubts in told(relations).items()}


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
