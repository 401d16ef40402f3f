"""What joins two patterns: the shortest ways from one to the other in words and pictures, and what both share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from patterns.drawing.bridge import Arm, Span, bridge
from patterns.drawing.chain import Leg, Station, chain
from patterns.drawing.picture import Picture
from patterns.exploring.prerequisites import Reached, chain_to, closure
from patterns.exploring.shared import shared_neighbours
from patterns.exploring.ways import MOST_ROWS, Touching, shortest_ways
from patterns.models import Pattern
from patterns.queries import graph
from patterns.queries.doubts import Told
from patterns.queries.graph import Joint, Name
from patterns.queries.relation_words import phrase

SHARED: Final = 12  # shared neighbours shown at first
MOST_SHARED: Final = 400
Joints = Mapping[frozenset[int], Sequence[Joint]]


@dataclass(frozen=True, slots=True)
class Said:
    """One relation in words, seen from the pattern a step starts at."""

    phrase: str
    kind: str
    outgoing: bool
    suggested: bool
    evidence: str
    doubts: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """From one pattern to the next, and every relation that joins the two, the best first."""

    here: Name
    there: Name
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way in steps, with its picture; `suggested` counts the steps that nobody has reviewed."""

    steps: tuple[Step, ...]
    suggested: int
    picture: Picture


@dataclass(frozen=True, slots=True)
class Shared:
    """A neighbour of both, and how each of the two is joined to it."""

    name: Name
    left: tuple[Said, ...]
    right: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Each of `chain` requires the next; `suggested` when a part of that is no more than suggested."""

    chain: tuple[Name, ...]
    suggested: bool


@dataclass(frozen=True, slots=True)
class Between:
    """All that joins two patterns. `first_needs` says that the first needs the other before it."""

    steps: int | None
    ways: tuple[Way, ...]
    total: int
    cut: bool
    shared: tuple[Shared, ...]
    shared_total: int
    bridge: Picture | None
    first_needs: Requirement | None
    other_needs: Requirement | None


def what_joins(one: Pattern, other: Pattern, states: Sequence[str], *, shown: int = SHARED) -> Between:
    """Return the shortest ways from `one` to `other`, and what both are joined to. At most eleven queries.

    Of ways of two steps none is listed: they go through what is shared, which is.
    """
    touching = _asked_once(graph.touching(states))
    found = shortest_ways(one.pk, other.pk, touching=touching)
    both: list[int] = []
    if found.steps is not None and found.steps <= 2:
        rows = (row for end in (one, other) for row in touching([end.pk], MOST_ROWS))
        both = shared_neighbours(one.pk, other.pk, rows)
    listed = both[: min(shown, MOST_SHARED)]
    ways = [] if found.steps == 2 else list(found.ways)
    needs = [closure(end.pk, graph.needs(end.pk, states)[0]) for end in (one, other)]
    chains = [chain_to(other.pk, needs[0]), chain_to(one.pk, needs[1])]
    pairs = {pair for way in ways for pair in pairwise(way)}
    pairs |= {(end.pk, node) for node in listed for end in (one, other)}
    joints = graph.joints(pairs, states)
    names = graph.names({one.pk, other.pk, *listed, *(node for way in (*ways, *chains) for node in way)})
    shared = tuple(Shared(names[node], _said(one.pk, node, joints), _said(other.pk, node, joints)) for node in listed)
    return Between(
        steps=found.steps,
        ways=tuple(_way(way, joints, names) for way in ways),
        total=found.total,
        cut=found.cut,
        shared=shared,
        shared_total=len(both),
        bridge=_bridge(one, other, shared) if shared else None,
        first_needs=_requirement(chains[0], needs[0], names),
        other_needs=_requirement(chains[1], needs[1], names),
    )


def _asked_once(touching: Touching) -> Touching:
    """The same, but what was asked before is not asked again: the search begins with what both ends are joined to."""
    kept: dict[tuple[int, ...], list[tuple[int, int, int]]] = {}

    def rows(ids: Sequence[int], limit: int) -> list[tuple[int, int, int]]:
        asked = tuple(ids)
        if asked not in kept:
            kept[asked] = list(touching(ids, limit))
        return kept[asked]

    return rows


def _requirement(chain: Sequence[int], reached: Iterable[Reached], names: Mapping[int, Name]) -> Requirement | None:
    if not chain:
        return None
    suggested = any(one.suggested for one in reached if one.id in chain[1:])
    return Requirement(tuple(names[node] for node in chain), suggested)


def _said(here: int, there: int, joints: Joints) -> tuple[Said, ...]:
    return tuple(
        Said(
            phrase(one.kind, outgoing=one.source == here),
            one.kind,
            one.source == here,
            one.suggested,
            one.evidence,
            one.doubts,
        )
        for one in joints.get(frozenset((here, there)), ())
    )


def _way(way: Sequence[int], joints: Joints, names: Mapping[int, Name]) -> Way:
    steps = tuple(Step(names[here], names[there], _said(here, there, joints)) for here, there in pairwise(way))
    legs = [
        Leg(step.said[0].kind, step.said[0].outgoing, step.said[0].suggested, step.said[0].phrase) for step in steps
    ]
    stations = [Station(names[node].title, names[node].slug) for node in way]
    return Way(steps=steps, suggested=sum(leg.suggested for leg in legs), picture=chain(stations, legs))


def _bridge(one: Pattern, other: Pattern, shared: Iterable[Shared]) -> Picture:
    spans = [
        Span(each.name.title, each.name.slug, *(_arm(side) for side in (each.left, each.right))) for each in shared
    ]
    return bridge(one.title, other.title, spans)


def _arm(said: Sequence[Said]) -> Arm:
    return Arm(said[0].kind, said[0].outgoing, said[0].suggested)
