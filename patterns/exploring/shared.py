"""What two patterns are both joined to. Pure."""

from collections.abc import Iterable


def shared_neighbours(one: int, other: int, rows: Iterable[tuple[int, int, int]]) -> list[int]:
    """Return the neighbours of both, the best joined first, from rows `(one or other, neighbour, cost)`.

    Cost adds up over both sides; of several rows for a pair the cheapest counts. Neither of the two is shared.
    """
    costs: dict[int, dict[int, int]] = {one: {}, other: {}}
    for here, there, cost in rows:
        known = costs[here]
        known[there] = min(cost, known.get(there, cost))
    both = (costs[one].keys() & costs[other].keys()) - {one, other}
    return sorted(both, key=lambda node: (costs[one][node] + costs[other][node], node))
