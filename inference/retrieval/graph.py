"""What is joined to what: the neighbours of the things a question names, and the ways between two of them.

Only approved relations and what a lighthouse declares count as joined; suggestions are told apart. Where Kuzu fails
or has no snapshot yet, the records themselves answer.
"""

import logging
from collections.abc import Sequence

from inference.backends import BackendError, Edge, load
from inference.models import IndexGeneration, Passage
from inference.types import Entity, Hit

log = logging.getLogger(__name__)

_WORDS = {
    "enables": "enables",
    "requires": "requires",
    "tensions_with": "is in tension with",
    "specializes": "specialises",
    "alternative_to": "is an alternative to",
    "complements": "complements",
    "tool_for": "is a tool for",
    "related": "is related to",
    "uses": "uses",
}
TRUSTED = frozenset({"approved", "declared"})


def key_of(entity: Entity) -> str:
    """The entity's name in the graph: `p12` or `l3`."""
    return f"{entity.kind[0]}{entity.id}"


def neighbours(entity: Entity, *, limit: int = 50) -> list[Edge]:
    """Edges at `entity`, trusted ones first."""
    return _ask("neighbours", key_of(entity), limit=limit)


def paths(source: Entity, target: Entity, *, longest: int = 4, limit: int = 5) -> list[tuple[Edge, ...]]:
    """The shortest ways between two things over trusted edges."""
    return _ask("paths", key_of(source), key_of(target), longest=longest, limit=limit)


def search(entities: Sequence[Entity], *, limit: int, generation: IndexGeneration) -> list[Hit]:
    """The first passage of each thing joined to what the question names, with the relation as the reason."""
    reasons: dict[str, tuple[float, str]] = {}
    for entity in entities[:4]:
        for edge in neighbours(entity, limit=limit):
            if edge.state not in TRUSTED:
                continue
            out = edge.source == key_of(entity)
            other = edge.target if out else edge.source
            says = _WORDS.get(edge.kind, edge.kind.replace("_", " "))
            why = f"{entity.title} {says} it" if out else f"it {says} {entity.title}"
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


def _ask(what: str, *values: str, **options: int) -> list:
    try:
        return getattr(load("graph"), what)(*values, **options)
    except BackendError as problem:
        log.warning("the graph cannot answer, the records do: %s", problem)
        return getattr(load("records"), what)(*values, **options)
