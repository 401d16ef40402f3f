"""Asks the graph: the things that relations join to what a question names, and the graph's own answers for facts.

Only approved relations and what a lighthouse declares count as joined here. Where the engine fails or has no snapshot
yet, the records themselves answer.
"""

import logging
from collections.abc import Sequence
from typing import Any

from inference.backends import BackendError, load
from inference.graphs import TRUSTED, Edge, Reached, Shared
from inference.models import IndexGeneration, Passage
from inference.types import Entity, Hit
from inference.words.relation_words import says

log = logging.getLogger(__name__)


def key_of(entity: Entity) -> str:
    """The entity's name in the graph: `p12` or `l3`."""
    return f"{entity.kind[0]}{entity.id}"


def neighbours(entity: Entity, **which: Any) -> list[Edge]:
    """Edges at `entity`; see `inference.graphs.Graph` for what can be asked, here and below."""
    return _ask("neighbours", key_of(entity), **which)


def at(key: str, **which: Any) -> list[Edge]:
    """Edges at a node that is known by its name in the graph."""
    return _ask("neighbours", key, **which)


def adoptions(entity: Entity, **which: Any) -> list[Edge]:
    """What a lighthouse uses, or the lighthouses that use a pattern."""
    return _ask("adoptions", key_of(entity), **which)


def paths(source: Entity, target: Entity, **which: Any) -> list[tuple[Edge, ...]]:
    """The shortest ways between two things."""
    return _ask("paths", key_of(source), key_of(target), **which)


def prerequisites(entity: Entity, **which: Any) -> list[Reached]:
    """What `entity` requires at any depth, or what requires it."""
    return _ask("prerequisites", key_of(entity), **which)


def shared(one: Entity, other: Entity, **which: Any) -> list[Shared]:
    """What two things are both joined to."""
    return _ask("shared", key_of(one), key_of(other), **which)


def search(entities: Sequence[Entity], *, limit: int, generation: IndexGeneration) -> list[Hit]:
    """The first passage of each thing joined to what the question names, with the relation as the reason."""
    reasons: dict[str, tuple[float, str]] = {}
    for entity in entities[:4]:
        for edge in neighbours(entity, states=TRUSTED, limit=limit):
            out = edge.source == key_of(entity)
            other = edge.other(key_of(entity))
            said = says(edge.kind)
            why = f"{entity.title} {said} it" if out else f"it {said} {entity.title}"
            score, known = reasons.get(other, (0.0, why))
            reasons[other] = (score + 1.0, known)
    first = Passage.objects.filter(generation=generation, current=True, position=0)
    passages = {}
    for kind, field in (("p", "pattern_id"), ("l", "lighthouse_id")):
        things = [int(key[1:]) for key in reasons if key[0] == kind]
        rows = first.filter(**{f"{field}__in": things}).values_list(field, "pk") if things else ()
        passages |= {f"{kind}{thing}": pk for thing, pk in rows}
    hits = [Hit(passages[key], score, why) for key, (score, why) in reasons.items() if key in passages]
    return sorted(hits, key=lambda hit: -hit.score)[:limit]


def _ask(what: str, *keys: str, **which: Any) -> list:
    try:
        return getattr(load("graph"), what)(*keys, **which)
    except (BackendError, ImportError) as problem:
        log.warning("the graph cannot answer, the records do: %s", problem)
        return getattr(load("records"), what)(*keys, **which)
