"""How two things are joined: the shortest ways over approved relations and adoptions, step by step, in words."""

from collections.abc import Sequence

from django.urls import reverse

from inference.facts.found import Facts, More, tell
from inference.facts.sharing import titles
from inference.facts.telling import Telling
from inference.graphs import EVERY, Edge
from inference.retrieval import graph
from inference.types import Entity, Fact

LONGEST = 4  # steps
MOST = 3  # ways


def ways(one: Entity, other: Entity) -> Facts:
    """The ways between two things; where nobody approved one, the ways over suggestions apart."""
    trusted = graph.paths(one, other, longest=LONGEST, limit=MOST)
    suggested = [] if trusted else graph.paths(one, other, states=EVERY, longest=LONGEST, limit=MOST)
    found = [*trusted, *suggested]
    telling = Telling([edge for way in found for edge in way])
    names = titles([key for way in found for edge in way for key in (edge.source, edge.target)])
    suggested.sort(key=lambda way: (len(way), sum(map(telling.doubted, way))))
    start = graph.key_of(one)
    stated, apart = (
        tuple(fact for way in some for fact in _way(telling, way, start, names)) for some in (trusted, suggested)
    )
    both = f"{one.title} and {other.title}"
    more = ()
    if one.kind == other.kind == "pattern" and found:
        url = reverse("relation_paths", args=[one.slug, other.slug])
        more = (More(0, "ways", both, url, suggested=not trusted),)
    missing = "" if stated else f"No chain of approved relations joins {both}"
    return Facts(stated, apart, more=more, missing=missing, opening=f"{both} are connected:" if stated else "")


def _way(telling: Telling, way: Sequence[Edge], start: str, names: dict[str, str]) -> tuple[Fact, ...]:
    """The steps of one way, each told from where it is taken; nothing where a step does not hold any more."""
    stops = [start]
    for edge in way:
        stops.append(edge.other(stops[-1]))
    between = [names.get(key, "") for key in stops[1:-1]]
    group = f"By way of {_listed(between)}" if between else "Directly"
    told = tell(telling, zip(way, stops, strict=False), group=group)
    return told if len(told) == len(way) else ()


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
