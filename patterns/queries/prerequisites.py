"""What a pattern needs first, at any depth, and what needs it: in layers, as a picture, and the circles among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from patterns.drawing.layers import DEEPEST, MOST, Branch, layers
from patterns.drawing.picture import Picture
from patterns.exploring.circles import circles
from patterns.exploring.prerequisites import Needs, Reached, as_tree, closure
from patterns.models import Pattern
from patterns.queries import graph
from patterns.queries.graph import Name


@dataclass(frozen=True, slots=True)
class Needed:
    """A pattern in the closure: why it is, on whom it hangs, and who else asks for it."""

    name: Name
    suggested: bool
    evidence: str
    parent: Name
    also: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """Everything a pattern needs (or that needs it) by layers; `undrawn` of them are in the words alone."""

    layers: tuple[tuple[Needed, ...], ...]
    total: int
    approved: int
    picture: Picture | None
    undrawn: int
    cut: bool


@dataclass(frozen=True, slots=True)
class Prerequisites:
    """Both directions, and the circles among them, each as names in order."""

    needs: Closure
    needed_by: Closure
    circles: tuple[tuple[Name, ...], ...]


def prerequisites_of(pattern: Pattern, states: Sequence[str]) -> Prerequisites:
    """Return what `pattern` needs at any depth, and what needs it. Three queries."""
    sides = [(backwards, *graph.needs(pattern.pk, states, backwards=backwards)) for backwards in (False, True)]
    names = graph.names(
        {pattern.pk, *(end for _, needs, _ in sides for need in needs for end in (need.one, need.other))}
    )
    needs, needed_by = (
        _closure(pattern, found, names, backwards=backwards, cut=cut) for backwards, found, cut in sides
    )
    return Prerequisites(needs=needs, needed_by=needed_by, circles=tuple(
        tuple(names[node] for node in circle) for circle in circles(_asked(sides), through=pattern.pk)
    ))  # fmt: skip


def _asked(sides: Iterable[tuple[bool, Sequence[Needs], bool]]) -> list[tuple[int, int]]:
    """Who requires whom, whichever way it was read."""
    return [
        (need.other, need.one) if backwards else (need.one, need.other)
        for backwards, needs, _ in sides
        for need in needs
    ]


def _closure(
    pattern: Pattern, needs: Sequence[Needs], names: Mapping[int, Name], *, backwards: bool, cut: bool
) -> Closure:
    reached = closure(pattern.pk, needs)
    by_layer: dict[int, list[Needed]] = {}
    for one in reached:
        by_layer.setdefault(one.layer, []).append(_needed(one, names))
    tree = as_tree(pattern.pk, reached, most=MOST, deepest=DEEPEST)
    branches = [
        Branch(names[one.id].title, names[one.id].slug, one.layer, parent, one.suggested) for one, parent in tree
    ]
    return Closure(
        layers=tuple(tuple(by_layer[layer]) for layer in sorted(by_layer)),
        total=len(reached),
        approved=sum(not one.suggested for one in reached),
        picture=layers(pattern.title, branches, outgoing=not backwards) if branches else None,
        undrawn=len(reached) - len(branches),
        cut=cut,
    )


def _needed(one: Reached, names: Mapping[int, Name]) -> Needed:
    also = tuple(names[node] for node in one.also)
    return Needed(names[one.id], one.suggested, one.evidence, names[one.parent], also)
