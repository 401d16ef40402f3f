"""What a pattern requires to any depth, or what requires it, each step with the relation that says so."""

from collections.abc import Iterable

from django.urls import reverse

from inference.facts.asking import Asked
from inference.facts.found import MOST_FACTS, MOST_SUGGESTED, Facts, More, tell
from inference.facts.telling import Telling
from inference.graphs import EVERY, TRUSTED, Direction, Edge, Reached
from inference.retrieval import graph
from inference.types import Entity

DEEPEST = 6
LOOKED_AT = 200  # of a closure


def prerequisites(entity: Entity, asked: Asked) -> Facts:
    """The closure over approved requirements, nearest first; what only suggestions add to it apart."""
    which = {"direction": asked.direction, "depth": DEEPEST}
    approved = graph.prerequisites(entity, **which, states=TRUSTED, limit=MOST_FACTS)
    every = graph.prerequisites(entity, **which, states=EVERY, limit=LOOKED_AT)
    known = {one.key for one in approved}
    added = [one for one in every if one.key not in known and one.edge.state not in TRUSTED]
    telling = Telling([one.edge for one in [*approved, *added[:LOOKED_AT]]])
    nearest = sorted(added, key=lambda one: (telling.doubted(one.edge), one.steps, not telling.fits(one.edge)))[
        :MOST_SUGGESTED
    ]
    in_doubt = [telling.doubted(one.edge) for one in nearest].count(True)
    plain, doubted = nearest[: len(nearest) - in_doubt], nearest[len(nearest) - in_doubt :]
    stated = tell(telling, _told(approved, asked.direction))
    apart = tell(telling, [*_told(plain, asked.direction), *_told(doubted, asked.direction)])
    url = reverse("prerequisites", args=[entity.slug])
    left = len(added) - len(apart)
    more = (More(left, "prerequisites", entity.title, url, suggested=True),) if left > 0 else ()
    needs = f"requires {entity.title}" if asked.direction == Direction.IN else f"{entity.title} requires"
    missing = "" if stated else f"Nobody has approved a relation that says what {needs}"
    return Facts(stated, apart, more=more, missing=missing)


def _told(reached: Iterable[Reached], direction: Direction) -> Iterable[tuple[Edge, str]]:
    """Each step from the end that is nearer to what was asked about, all of one end together."""
    near = "target" if direction == Direction.IN else "source"
    steps = [(one.steps, getattr(one.edge, near), one.edge) for one in reached]
    order = {key: place for place, key in reversed(list(enumerate(key for _, key, _ in steps)))}
    return ((edge, key) for _, key, edge in sorted(steps, key=lambda step: (step[0], order[step[1]])))
