"""Neighbours of a pattern in groups of one kind, each with what speaks against it where nobody has reviewed it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from patterns.exploring.mixing import mixed
from patterns.queries.doubts import Told, told
from patterns.queries.relation_words import goes_both_ways, phrase, place


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The other pattern, how it is joined as seen from this one, and why and by whom where somebody said so.

    `doubts` are known of those that `in_words` returned.
    """

    slug: str
    title: str
    evidence: str
    kind: str
    outgoing: bool
    suggested: bool
    relation: int = 0
    author: str = ""
    doubted: bool = False
    doubts: tuple[Told, ...] = ()

    @property
    def said(self) -> str:
        return phrase(self.kind, outgoing=self.outgoing)


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours joined in the same way: `Requires`, and then who. `total` counts those that are not shown too.

    `doubted` counts those of them that something speaks against.
    """

    kind: str
    phrase: str
    neighbours: tuple[Neighbour, ...]
    total: int
    doubted: int = 0

    @property
    def way(self) -> str:
        """Names the direction in an address: relations that start here, or that arrive."""
        return "out" if self.neighbours[0].outgoing or goes_both_ways(self.kind) else "in"

    @property
    def plain(self) -> list[Neighbour]:
        return [one for one in self.neighbours if not one.doubted]

    @property
    def in_doubt(self) -> list[Neighbour]:
        return [one for one in self.neighbours if one.doubted]


@dataclass(frozen=True, slots=True)
class Related:
    """Groups to show, and how many neighbours there are in all."""

    groups: tuple[Group, ...]
    total: int

    @property
    def hidden(self) -> int:
        return self.total - sum(len(group.neighbours) for group in self.groups)


def related(found: Sequence[Neighbour], *, most: int) -> Related:
    """Group neighbours by how they are joined; where there are more than `most`, every group shows some of its own."""
    totals = Counter((one.kind, one.said) for one in found)
    doubted = Counter((one.kind, one.said) for one in found if one.doubted)
    groups: dict[tuple[str, str], list[Neighbour]] = {}
    for one in mixed(found, group=lambda one: (one.kind, one.said), most=most):
        groups.setdefault((one.kind, one.said), []).append(one)
    ranked = sorted(groups, key=lambda key: (place(key[0]), not groups[key][0].outgoing, key))
    return Related(
        groups=tuple(Group(key[0], key[1], tuple(groups[key]), totals[key], doubted[key]) for key in ranked),
        total=len(found),
    )


def with_doubts(found: Related, *, most: int | None = None) -> Related:
    """Return `found` with the reasons for every doubt; at most the first `most` of each group, in doubt or not. One
    query, none without a doubt.
    """
    groups = [replace(one, neighbours=(*one.plain[:most], *one.in_doubt[:most])) for one in found.groups]
    said = in_words([one for group in groups for one in group.neighbours])
    rest = iter(said)
    return replace(
        found, groups=tuple(replace(one, neighbours=tuple(next(rest) for _ in one.neighbours)) for one in groups)
    )


def in_words(found: Sequence[Neighbour]) -> list[Neighbour]:
    """Return `found` with the reasons for every doubt. One query, none without a doubt."""
    known = told(one.relation for one in found if one.doubted)
    return [replace(one, doubts=known.get(one.relation, ())) for one in found]
