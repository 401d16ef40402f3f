"""The relations of a pattern: what people approved as facts, the best of what is only suggested apart."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from inference.facts.asking import Asked
from inference.facts.found import MOST_FACTS, MOST_SUGGESTED, Facts, More, best_founded, tell
from inference.facts.telling import Telling
from inference.graphs import TRUSTED, USES, Direction, Edge
from inference.retrieval import graph
from inference.types import Entity
from inference.words.relation_words import goes_both_ways, says
from patterns.enums import PublicationState, RelationKind, RelationState
from patterns.models import Relation

LOOKED_AT = 60  # suggested relations the best are chosen from
_ORDER = {kind: place for place, kind in enumerate([USES, *RelationKind.values])}


def relations(entity: Entity, asked: Asked) -> Facts:
    """What joins `entity`, seen from it, by kind and direction. At most eight queries beside the graph's."""
    direction = Direction.BOTH if any(goes_both_ways(kind) for kind in asked.kinds) else asked.direction
    which = {"kinds": asked.kinds, "direction": direction}
    trusted = graph.neighbours(entity, **which, states=TRUSTED, limit=MOST_FACTS + 1)
    suggested = graph.neighbours(entity, **which, states=(RelationState.SUGGESTED.value,), limit=LOOKED_AT)
    telling = Telling([*trusted, *suggested])
    here = graph.key_of(entity)
    best = best_founded(telling, _by_kind(suggested, here))
    best = [edge for some in telling.parted(best) for edge in _by_kind(some, here)]
    stated = tell(telling, ((edge, here) for edge in _by_kind(trusted, here)[:MOST_FACTS]))
    apart = tell(telling, ((edge, here) for edge in best))
    more = []
    if entity.kind == "pattern" and len(suggested) > MOST_SUGGESTED:
        more.append(_more(entity, _count(entity, asked.kinds, direction) - len(apart)))
    missing = "" if stated else f"Nobody has approved a relation that says what {_said(entity, asked)}"
    return Facts(stated, apart, more=tuple(more), missing=missing)


def _by_kind(edges: Sequence[Edge], here: str) -> list[Edge]:
    """Edges of one kind and direction together, so that they are told together; what goes both ways once."""
    once: dict[object, Edge] = {}
    for edge in edges:
        both = goes_both_ways(edge.kind)
        once.setdefault((edge.kind, edge.other(here), both or edge.source == here), edge)
    return sorted(
        once.values(),
        key=lambda edge: (_ORDER.get(edge.kind, len(_ORDER)), edge.source != here and not goes_both_ways(edge.kind)),
    )


def _said(entity: Entity, asked: Asked) -> str:
    if len(asked.kinds) != 1:
        return f"{entity.title} is joined to"
    (kind,) = asked.kinds
    outwards = asked.direction == Direction.OUT and not goes_both_ways(kind)
    return f"{entity.title} {says(kind)}" if outwards else f"{says(kind)} {entity.title}"


def _more(entity: Entity, count: int) -> More:
    return More(count, "relations", entity.title, reverse("relations_of", args=[entity.slug]), suggested=True)


def _count(entity: Entity, kinds: Sequence[str], direction: Direction) -> int:
    """How many suggested relations there are in all. One query."""
    published = PublicationState.PUBLISHED
    leaving, arriving = Q(source=entity.id), Q(target=entity.id)
    ends = {Direction.OUT: leaving, Direction.IN: arriving, Direction.BOTH: leaving | arriving}[direction]
    of_kinds = Q(kind__in=kinds) if kinds else Q()
    rows = Relation.objects.filter(ends, of_kinds, state=RelationState.SUGGESTED)
    return rows.filter(source__state=published, target__state=published).count()
