"""Which layer each node of a flowchart stands in, when some arrows have to be drawn against their direction. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

_ALONE: Final = 4  # nodes without arrows in one row


def turned_back(edges: Sequence[tuple[int, int]], *, count: int) -> list[bool]:
    """Say of each edge whether it must be drawn against its direction, so that no cycle is left."""
    leaving = defaultdict(list)
    for index, (a, _) in enumerate(edges):
        leaving[a].append(index)
    turned, state = [False] * len(edges), [0] * count  # 0 unseen, 1 on the way, 2 done
    for start in range(count):
        stack = [] if state[start] else [(start, iter(leaving[start]))]
        state[start] = state[start] or 1
        while stack:
            node, rest = stack[-1]
            index = next(rest, None)
            if index is None:
                state[node] = 2
                stack.pop()
                continue
            target = edges[index][1]
            if state[target] == 1:
                turned[index] = True
            elif state[target] == 0:
                state[target] = 1
                stack.append((target, iter(leaving[target])))
    return turned


def layers(edges: Sequence[tuple[int, int]], *, turned: Sequence[bool], count: int) -> list[int]:
    """Return the layer of each of `count` nodes: below all that lead to it, parts that no arrow joins set apart."""
    downward = [(b, a) if back else (a, b) for (a, b), back in zip(edges, turned, strict=True)]
    return _stacked(_ranks(downward, count=count), edges)


def _ranks(edges: Sequence[tuple[int, int]], *, count: int) -> list[int]:
    """Return the layer of each node: one below the lowest that leads to it. `edges` hold no cycle but loops."""
    ranks = [0] * count
    for _ in range(count):
        moved = False
        for a, b in edges:
            if a != b and ranks[b] < ranks[a] + 1:
                ranks[b], moved = ranks[a] + 1, True
        if not moved:
            break
    return ranks


def _stacked(ranks: Sequence[int], edges: Sequence[tuple[int, int]]) -> list[int]:
    """Set parts that no arrow joins below each other, and lone nodes in rows below all of them."""
    part = list(range(len(ranks)))

    def root(node: int) -> int:
        while part[node] != node:
            part[node] = node = part[part[node]]
        return node

    for a, b in edges:
        part[root(b)] = root(a)
    members = defaultdict(list)
    for node in range(len(ranks)):
        members[root(node)].append(node)
    stacked, below = [0] * len(ranks), 0
    for nodes in sorted(members.values(), key=lambda nodes: len(nodes) == 1):
        if len(nodes) == 1:
            break
        for node in nodes:
            stacked[node] = below + ranks[node]
        below += 1 + max(ranks[node] for node in nodes)
    for place, (lone,) in enumerate(nodes for nodes in members.values() if len(nodes) == 1):
        stacked[lone] = below + place // _ALONE
    return stacked
