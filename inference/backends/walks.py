"""What a graph answers, made of two things that each store does by itself: the edges at some nodes, and the steps.

Ways are searched level by level and not by the engine's own recursion, so that every store gives the same answer and
none counts all ways through a hub before it says the first (docs/adr/0016-walks-of-the-graph.md).
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from inference.backends import BackendError
from inference.graphs import EVERY, TRUSTED, USES, Direction, Edge, Reached, Shared
from patterns.exploring.shared import shared_neighbours
from patterns.exploring.ways import LONGEST, shortest_ways

MOST_EDGES = 40_000  # looked at for one question; the real library has 17,900
MOST_LISTED = 1_000
DEEPEST = 12
SECONDS = 2.0  # for one question
DOUBT = 1_000_000  # what a step costs that nobody reviewed: more than any weights can outweigh


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which edges count (no kinds: all of them), how many are read at most, and in how many seconds."""

    kinds: Collection[str]
    states: Collection[str]
    limit: int
    seconds: float


class Walks(ABC):
    """The reading half of `inference.graphs.Graph`, for a store that says what is at its nodes."""

    seconds = SECONDS

    @abstractmethod
    def touching(self, keys: Sequence[str], wanted: Wanted, *, direction: Direction, among: bool = False) -> list[Edge]:
        """The edges at any of `keys`, each once, by `rank`; `among`: those that start and end at them.

        Raises BackendError when late.
        """

    @abstractmethod
    def steps(self, numbers: Sequence[int], wanted: Wanted) -> list[tuple[int, int, int]]:
        """Rows (one of `numbers`, its neighbour, what the step costs) for edges in either direction, in no order."""

    def neighbours(
        self,
        key: str,
        *,
        kinds: Collection[str] = (),
        direction: Direction = Direction.BOTH,
        states: Collection[str] = EVERY,
        limit: int = 50,
    ) -> list[Edge]:
        limit = max(0, min(limit, MOST_LISTED))
        if not limit:
            return []
        return self.touching([key], Wanted(kinds, states, limit, self.seconds), direction=direction)

    def adoptions(self, key: str, *, limit: int = 50) -> list[Edge]:
        return self.neighbours(key, kinds=(USES,), states=TRUSTED, limit=limit)

    def paths(
        self,
        source: str,
        target: str,
        *,
        kinds: Collection[str] = (),
        states: Collection[str] = TRUSTED,
        longest: int = 4,
        limit: int = 5,
    ) -> list[tuple[Edge, ...]]:
        if source == target or limit < 1 or not (is_key(source) and is_key(target)):
            return []
        bounded = _Bounded(self, kinds, states)
        found = shortest_ways(
            number_of(source),
            number_of(target),
            touching=bounded.steps,
            most=min(limit, 50),
            longest=max(1, min(longest, LONGEST)),
            most_rows=2 * MOST_EDGES,
        )
        if not found.ways and found.cut:
            raise BackendError(f"No way between {source} and {target} was found among {MOST_EDGES} edges.")
        best = bounded.best_between({node for way in found.ways for node in way})
        ways = [[best.get(frozenset(pair)) for pair in pairwise(way)] for way in found.ways]
        return [tuple(way) for way in ways if None not in way]

    def prerequisites(
        self,
        key: str,
        *,
        direction: Direction = Direction.OUT,
        states: Collection[str] = TRUSTED,
        depth: int = 6,
        limit: int = 100,
    ) -> list[Reached]:
        bounded = _Bounded(self, ("requires",), states)
        found: dict[str, Reached] = {}
        frontier, steps = [key], 0
        outwards = direction != Direction.IN
        while frontier and steps < min(depth, DEEPEST) and len(found) < limit:
            steps += 1
            try:
                edges = bounded.touching(frontier, Direction.OUT if outwards else Direction.IN)
            except BackendError:
                if not found:
                    raise
                break
            frontier = []
            for edge in edges:
                there = edge.target if outwards else edge.source
                if there != key and there not in found:
                    found[there] = Reached(there, steps, edge)
                    frontier.append(there)
        return list(found.values())[: max(0, limit)]

    def shared(
        self, one: str, other: str, *, kinds: Collection[str] = (), states: Collection[str] = TRUSTED, limit: int = 50
    ) -> list[Shared]:
        if one == other or not (is_key(one) and is_key(other)):
            return []
        bounded = _Bounded(self, kinds, states)
        ends = number_of(one), number_of(other)
        both = shared_neighbours(*ends, bounded.steps(ends, MOST_EDGES))[: max(0, min(limit, MOST_LISTED))]
        best = bounded.best_between({*ends, *both})
        pairs = ((node, *(best.get(frozenset((end, node))) for end in ends)) for node in both)
        return [Shared(key_of(node), left, right) for node, left, right in pairs if left and right]


class _Bounded:
    """What a store does, within what one question may cost in edges and in time."""

    def __init__(self, store: Walks, kinds: Collection[str], states: Collection[str]) -> None:
        self._store, self._wanted = store, Wanted(kinds, states, MOST_EDGES, store.seconds)
        self._ends = time.monotonic() + store.seconds

    def touching(self, keys: Sequence[str], direction: Direction, *, among: bool = False) -> list[Edge]:
        wanted = replace(self._wanted, seconds=self._left())
        return self._store.touching(keys, wanted, direction=direction, among=among)

    def steps(self, numbers: Sequence[int], limit: int) -> list[tuple[int, int, int]]:
        wanted = replace(self._wanted, limit=min(limit, MOST_EDGES), seconds=self._left())
        return self._store.steps(numbers, wanted)

    def best_between(self, numbers: Collection[int]) -> dict[frozenset[int], Edge]:
        """The best edge between each two of these nodes."""
        edges = self.touching([key_of(one) for one in numbers], Direction.OUT, among=True) if numbers else ()
        best: dict[frozenset[int], Edge] = {}
        for edge in edges:
            best.setdefault(frozenset((number_of(edge.source), number_of(edge.target))), edge)
        return best

    def _left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise BackendError(f"The graph took more than {self._store.seconds:g} s over one question.")
        return left


def rank(edge: Edge) -> tuple[bool, float, str, int]:
    """How edges are ordered: trusted first, then the heavier, then by kind and record."""
    return edge.state not in TRUSTED, -edge.weight, edge.kind, edge.relation_id


def is_key(key: str) -> bool:
    """Whether this can name a node: a letter for the kind of record, and its id."""
    return key[:1] in {"p", "l"} and key[1:].isdecimal() and key.isascii() and len(key) < 20


def cost_of(edge: Edge) -> int:
    """What a step along an edge costs: less the heavier it is; more than any weights where it is only suggested."""
    return (0 if edge.state in TRUSTED else DOUBT) + int(1000 * (1 - edge.weight))


def number_of(key: str) -> int:
    """A node as a number, which is what ways are searched over: lighthouses below zero."""
    return int(key[1:]) if key[0] == "p" else -int(key[1:])


def key_of(number: int) -> str:
    return f"p{number}" if number >= 0 else f"l{-number}"
