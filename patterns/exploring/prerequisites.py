"""What a pattern needs first, and what that needs, as layers by distance. Pure; the same backwards: what needs it."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from patterns.exploring.mixing import mixed


@dataclass(frozen=True, slots=True)
class Needs:
    """`one` needs `other`; `suggested` when nobody has reviewed that, `doubted` when something speaks against it too.

    `relation` says so.
    """

    one: int
    other: int
    suggested: bool = False
    evidence: str = ""
    relation: int = 0
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """A pattern in the closure: how many steps away, whom it hangs on in the tree and why, and who else asks for it."""

    id: int
    layer: int
    parent: int
    suggested: bool
    evidence: str
    also: tuple[int, ...]
    relation: int = 0
    doubted: bool = False


def closure(start: int, needs: Iterable[Needs]) -> tuple[Reached, ...]:
    """Return everything `start` needs at any depth, nearest first.

    Of equals an approved need comes before a suggested, and that before one in doubt.

    The nearest pattern that asks for something is its parent; cycles end where they come back.
    """
    by_one: dict[int, list[Needs]] = defaultdict(list)
    askers: dict[int, list[int]] = defaultdict(list)
    for need in sorted(needs, key=lambda need: (need.suggested, need.doubted)):
        by_one[need.one].append(need)
        if need.one not in askers[need.other]:
            askers[need.other].append(need.one)
    layer, found = {start: 0}, list[tuple[int, Needs]]()
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for need in by_one[here]:
            if need.other not in layer:
                layer[need.other] = layer[here] + 1
                found.append((need.other, need))
                waiting.append(need.other)
    return tuple(
        Reached(
            id=node,
            layer=layer[node],
            parent=need.one,
            suggested=need.suggested,
            evidence=need.evidence,
            also=tuple(one for one in askers[node] if one != need.one and one in layer),
            relation=need.relation,
            doubted=need.doubted,
        )
        for node, need in found
    )


def as_tree(start: int, reached: Sequence[Reached], *, most: int, deepest: int) -> list[tuple[Reached, int]]:
    """Return what can be drawn, children after their parent, each with its parent's place (-1: `start` itself).

    At most `most` are kept, some of every layer down to layer `deepest`.
    """
    by_id = {one.id: one for one in reached}
    kept: dict[int, Reached] = {}
    near = [one for one in reached if one.layer <= deepest]
    for one in mixed(near, group=lambda one: one.layer, most=len(near)):
        line = [one]
        while line[-1].parent != start and line[-1].parent not in kept:
            line.append(by_id[line[-1].parent])
        if len(kept) + len(line) <= most:
            kept |= {each.id: each for each in line}
    children: dict[int, list[Reached]] = defaultdict(list)
    for one in reached:
        if one.id in kept:
            children[one.parent].append(one)
    tree: list[tuple[Reached, int]] = []
    rest = [(one, -1) for one in reversed(children[start])]
    while rest:
        one, parent = rest.pop()
        place = len(tree)
        tree.append((one, parent))
        rest.extend((child, place) for child in reversed(children[one.id]))
    return tree


def chain_to(end: int, reached: Iterable[Reached]) -> tuple[int, ...]:
    """Return the way from the start of a closure to `end`, both included; nothing when `end` is not in it."""
    parents = {one.id: one.parent for one in reached}
    if end not in parents:
        return ()
    way = [end]
    while way[-1] in parents:
        way.append(parents[way[-1]])
    return tuple(reversed(way))
