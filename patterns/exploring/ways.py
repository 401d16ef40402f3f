"""The shortest ways from one pattern to another, along relations in either direction. Pure: neighbours are handed in.

Breadth first from both ends, the smaller side first (Pohl, Bi-directional Search, 1971), so that two patterns far from
any hub never pay for one.
"""

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

LONGEST: Final = 6  # steps
MOST: Final = 5  # ways
MOST_ROWS: Final = 40_000  # relations looked at; the real library has 17,900

Touching = Callable[[Sequence[int], int], Iterable[tuple[int, int, int]]]
"""`touching(ids, limit)`: at most `limit` rows `(one of ids, neighbour, cost ≥ 0)`; a cheaper step is a better one."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The cheapest of the shortest ways, each from start to end, how many shortest there are, and if we gave up."""

    ways: tuple[tuple[int, ...], ...]
    total: int
    cut: bool

    @property
    def steps(self) -> int | None:
        return len(self.ways[0]) - 1 if self.ways else None


@dataclass(slots=True)
class _Side:
    start: int
    depth: int = 0
    distance: dict[int, int] = field(default_factory=dict)
    back: dict[int, dict[int, int]] = field(default_factory=dict)  # node: {the one before it: cost of that step}
    frontier: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.distance[self.start] = 0
        self.frontier.append(self.start)

    def grow(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Take one step further out in every direction."""
        self.depth += 1
        self.frontier = []
        for here, there, cost in rows:
            known = self.distance.setdefault(there, self.depth)
            if known < self.depth:
                continue
            before = self.back.get(there)
            if before is None:
                before = self.back[there] = {}
                self.frontier.append(there)
            before[here] = min(cost, before.get(here, cost))


def shortest_ways(
    start: int,
    end: int,
    *,
    touching: Touching,
    most: int = MOST,
    longest: int = LONGEST,
    most_rows: int = MOST_ROWS,
) -> Ways:
    """Return the `most` cheapest of the shortest ways; none when there is none of at most `longest` steps.

    Looks at no more than `most_rows` rows; where that was not enough, `cut` says that shorter ways may be missing.
    """
    sides = (_Side(start), _Side(end))
    left, met = most_rows, [start] if start == end else []
    while not met and left > 0 and all(side.frontier for side in sides) and sides[0].depth + sides[1].depth < longest:
        side, other = sorted(sides, key=lambda one: len(one.frontier))
        rows = list(touching(side.frontier, left))
        left -= len(rows)
        side.grow(rows)
        met = [node for node in side.frontier if node in other.distance]
    first, second = sides
    here, there = (_cheapest(side, met, most=most) for side in sides)
    joined = heapq.nsmallest(
        most,
        (
            (cost + rest, way + back[-2::-1])
            for node in met
            for cost, way in here.ways[node]
            for rest, back in there.ways[node]
        ),
    )
    # A search that was cut can meet at different lengths; only the shortest is an answer.
    least = min((len(way) for _, way in joined), default=0)
    total = sum(
        here.counts[node] * there.counts[node]
        for node in met
        if first.distance[node] + second.distance[node] == least - 1
    )
    return Ways(ways=tuple(way for _, way in joined if len(way) == least), total=total, cut=left <= 0)


@dataclass(slots=True)
class _Cheapest:
    ways: dict[int, list[tuple[int, tuple[int, ...]]]]
    counts: dict[int, int]


def _cheapest(side: _Side, wanted: Sequence[int], *, most: int) -> _Cheapest:
    """Return for each node of `wanted` the cheapest shortest ways to it from the start, and how many there are."""
    needed, rest = set(wanted), list(wanted)
    while rest:
        fresh = [before for before in side.back.get(rest.pop(), ()) if before not in needed]
        needed.update(fresh)
        rest.extend(fresh)
    known = _Cheapest(ways={side.start: [(0, (side.start,))]}, counts={side.start: 1})
    for node in sorted(needed - {side.start}, key=side.distance.__getitem__):
        before = side.back[node]
        known.ways[node] = heapq.nsmallest(
            most, ((cost + step, (*way, node)) for one, step in before.items() for cost, way in known.ways[one])
        )
        known.counts[node] = sum(known.counts[one] for one in before)
    return known
