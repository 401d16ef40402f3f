"""What a graph answers, made of one thing that each store does by itself: the edges that touch some nodes.

Ways are searched level by level and not by the engine's own recursion, so that every store gives the same answer and
none counts all ways through a hub before it says the first (docs/adr/0016-walks-of-the-graph.md).
"""

import time
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from inference.backends import BackendError
from inference.graphs import EVERY, TRUSTED, USES, Direction, Edge, Reached, Shared
from patterns.exploring.shared import shared_neighbours
from patterns.exploring.ways import LONGEST, shortest_ways

MOST_EDGES = 40_000  # looked at for one question; the real library has 17,900
MOST_LISTED = 1_000
DEEPEST = 12
SECONDS = 2.0  # for one question
_DOUBT = 1_000_000  # what a step costs that nobody reviewed: more than any weights can outweigh


class Walks:
    """The reading half of `inference.graphs.Graph`, for a store that has `touching`."""

    seconds = SECONDS

    def touching(
        self,
        keys: Sequence[str],
        *,
        direction: Direction,
        kinds: Collection[str],
        states: Collection[str],
        limit: int,
        seconds: float,
        ordered: bool = True,
    ) -> list[Edge]:
        """At most `limit` edges at any of `keys`, each once; `ordered` by `rank`. Raises BackendError when late."""
        raise NotImplementedError

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
        return self.touching([key], direction=direction, kinds=kinds, states=states, limit=limit, seconds=self.seconds)

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
        best: dict[frozenset[int], Edge] = {}

        def touching(ids: Sequence[int], limit: int) -> list[tuple[int, int, int]]:
            edges = bounded([_key(one) for one in ids], Direction.BOTH, limit=limit)
            asked = set(ids)
            rows = []
            for edge in edges:
                ends = _id(edge.source), _id(edge.target)
                pair = frozenset(ends)
                best[pair] = min(best.get(pair, edge), edge, key=rank)
                rows += [(one, ends[1 - place], _cost(edge)) for place, one in enumerate(ends) if one in asked]
            return rows

        steps = max(1, min(longest, LONGEST))
        found = shortest_ways(
            _id(source), _id(target), touching=touching, most=min(limit, 50), longest=steps, most_rows=2 * MOST_EDGES
        )
        if not found.ways and found.cut:
            raise BackendError(f"No way between {source} and {target} was found among {MOST_EDGES} edges.")
        return [tuple(best[frozenset(pair)] for pair in pairwise(way)) for way in found.ways]

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
                edges = bounded(frontier, Direction.OUT if outwards else Direction.IN)
            except BackendError:
                if not found:
                    raise
                break
            frontier = []
            for edge in sorted(edges, key=rank):
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
        sides = {end: _best_to(end, bounded([end], Direction.BOTH)) for end in (one, other)}
        rows = [(_id(end), _id(there), _cost(edge)) for end, edges in sides.items() for there, edge in edges.items()]
        both = [_key(node) for node in shared_neighbours(_id(one), _id(other), rows)]
        return [Shared(key, sides[one][key], sides[other][key]) for key in both[: max(0, limit)]]


class _Bounded:
    """`touching` of a store, within what one question may cost in edges and in time."""

    def __init__(self, store: Walks, kinds: Collection[str], states: Collection[str]) -> None:
        self._store, self._kinds, self._states = store, kinds, states
        self._ends = time.monotonic() + store.seconds

    def __call__(self, keys: Sequence[str], direction: Direction, *, limit: int = MOST_EDGES) -> list[Edge]:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise BackendError(f"The graph took more than {self._store.seconds:g} s over one question.")
        return self._store.touching(
            keys,
            direction=direction,
            kinds=self._kinds,
            states=self._states,
            limit=limit,
            seconds=left,
            ordered=False,
        )


def rank(edge: Edge) -> tuple[bool, float, str, int]:
    """How edges are ordered: trusted first, then the heavier, then by kind and record."""
    return edge.state not in TRUSTED, -edge.weight, edge.kind, edge.relation_id


def is_key(key: str) -> bool:
    """Whether this can name a node: a letter for the kind of record, and its id."""
    return key[:1] in {"p", "l"} and key[1:].isdecimal() and key.isascii() and len(key) < 20


def _best_to(end: str, edges: Iterable[Edge]) -> dict[str, Edge]:
    best: dict[str, Edge] = {}
    for edge in sorted(edges, key=rank):
        best.setdefault(edge.other(end), edge)
    return best


def _cost(edge: Edge) -> int:
    return (0 if edge.state in TRUSTED else _DOUBT) + int(1000 * (1 - edge.weight))


def _id(key: str) -> int:
    """A node as a number, which is what ways are searched over: lighthouses below zero."""
    return int(key[1:]) if key[0] == "p" else -int(key[1:])


def _key(number: int) -> str:
    return f"p{number}" if number >= 0 else f"l{-number}"
