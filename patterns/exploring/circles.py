"""Circles of prerequisites: patterns that need each other, so that nobody could begin. Pure.

Strongly connected components by Tarjan's algorithm (Depth-first search and linear graph algorithms, 1972), without
recursion, so that a long chain is no deep stack.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

Graph = Mapping[int, Sequence[int]]


def circles(pairs: Iterable[tuple[int, int]], *, through: int | None = None) -> list[tuple[int, ...]]:
    """Return one shortest circle for each group of nodes that reach each other by `pairs` (from, to).

    A circle names each of its nodes once, in order. It goes through the node `through` where that is in the group,
    else through the smallest one. The shortest circles come first. A pair of a node with itself is none.
    """
    graph: dict[int, list[int]] = defaultdict(list)
    for one, other in sorted(set(pairs)):
        if one != other:
            graph[one].append(other)
    found = []
    for group in _components(graph):
        if len(group) > 1:
            first = through if through in group else min(group)
            found.append(_round(first, group, graph))
    return sorted(found, key=lambda circle: (through not in circle, len(circle), circle))


def _round(first: int, group: set[int], graph: Graph) -> tuple[int, ...]:
    """The shortest way from `first` back to itself inside `group`."""
    before: dict[int, int] = {}
    waiting = deque([first])
    while waiting:
        here = waiting.popleft()
        for there in graph[here]:
            if there == first:
                way = [here]
                while way[-1] != first:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if there in group and there not in before:
                before[there] = here
                waiting.append(there)
    raise ValueError("a node of a strongly connected group reaches itself")


def _components(graph: Graph) -> Iterator[set[int]]:
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    for root in list(graph):
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            here, rest = work[-1]
            for there in rest:
                if there not in index:
                    index[there] = low[there] = len(index)
                    stack.append(there)
                    on_stack.add(there)
                    work.append((there, iter(graph.get(there, ()))))
                    break
                if there in on_stack:
                    low[here] = min(low[here], index[there])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[here])
                if low[here] == index[here]:
                    group: set[int] = set()
                    while here not in group:
                        group.add(stack.pop())
                    on_stack -= group
                    yield group
