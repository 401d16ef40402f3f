"""Choose a few of many so that every group is heard. Pure."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def mixed(things: Iterable[Thing], *, group: Callable[[Thing], Hashable], most: int) -> list[Thing]:
    """Return at most `most` of `things`: the first of every group, then the second of every group, and so on."""
    groups: dict[Hashable, list[Thing]] = defaultdict(list)
    for thing in things:
        groups[group(thing)].append(thing)
    return _in_turns(list(groups.values()), most=most)


def _in_turns(groups: Sequence[Sequence[Thing]], *, most: int) -> list[Thing]:
    chosen: list[Thing] = []
    turn = 0
    while len(chosen) < most and any(turn < len(group) for group in groups):
        chosen += [group[turn] for group in groups if turn < len(group)]
        turn += 1
    return chosen[:most]
