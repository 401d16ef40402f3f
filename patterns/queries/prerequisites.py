"""What a pattern needs first, at any depth, and what needs it: in layers, as a picture, and the circles among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from patterns.drawing.layers import DEEPEST, MOST, Branch, layers
from patterns.drawing.picture import Picture
from patterns.exploring.circles import circles
from patterns.exploring.prerequisites import Needs, Reached, as_tree, closure
from patterns.models import Pattern
from patterns.queries import graph
from patterns.queries.doubts import Told, told
from patterns.queries.graph import Name

Doubts = Mapping[int, tuple[Told, ...]]


@dataclass(frozen=True, slots=True)
class Needed:
    """A pattern in the closure: why it is, on whom it hangs, who else asks for it, and what speaks against that."""

    name: Name
    suggested: bool
    evidence: str
    parent: Name
    also: tuple[Name, ...]
    doubts: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """What is one number of steps away: what nothing speaks against, and what is in doubt."""

    plain: tuple[Needed, ...]
    doubted: tuple[Needed, ...]

    @property
    def total(self) -> int:
        return len(self.plain) + len(self.doubted)


@dataclass(frozen=True, slots=True)
class Closure:
    """Everything a pattern needs (or that needs it) by layers; `undrawn` of them are in the words alone."""

    layers: tuple[Layer, ...]
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
    """Return what `pattern` needs at any depth, and what needs it. Three queries, one more for doubts."""
    sides = [(backwards, *graph.needs(pattern.pk, states, backwards=backwards)) for backwards in (False, True)]
    names = graph.names(
        {pattern.pk, *(end for _, needs, _ in sides for need in needs for end in (need.one, need.other))}
    )
    reached = [closure(pattern.pk, found) for _, found, _ in sides]
    doubts = told(one.relation for side in reached for one in side if one.doubted)
    needs, needed_by = (
        _closure(pattern, found, names, doubts, backwards=backwards, cut=cut)
        for found, (backwards, _, cut) in zip(reached, sides, strict=True)
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
    pattern: Pattern,
    reached: Sequence[Reached],
    names: Mapping[int, Name],
    doubts: Doubts,
    *,
    backwards: bool,
    cut: bool,
) -> Closure:
    by_layer: dict[int, list[Needed]] = {}
    for one in reached:
        by_layer.setdefault(one.layer, []).append(_needed(one, names, doubts))
    tree = as_tree(pattern.pk, reached, most=MOST, deepest=DEEPEST)
    branches = [
        Branch(names[one.id].title, names[one.id].slug, one.layer, parent, one.suggested) for one, parent in tree
    ]
    return Closure(
        layers=tuple(_layer(by_layer[layer]) for layer in sorted(by_layer)),
        total=len(reached),
        approved=sum(not one.suggested for one in reached),
        picture=layers(pattern.title, branches, outgoing=not backwards) if branches else None,
        undrawn=len(reached) - len(branches),
        cut=cut,
    )


def _layer(needed: Sequence[Needed]) -> Layer:
    return Layer(tuple(one for one in needed if not one.doubts), tuple(one for one in needed if one.doubts))


def _needed(one: Reached, names: Mapping[int, Name], doubts: Doubts) -> Needed:
    also = tuple(names[node] for node in one.also)
    return Needed(names[one.id], one.suggested, one.evidence, names[one.parent], also, doubts.get(one.relation, ()))
