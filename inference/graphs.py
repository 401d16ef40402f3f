"""The graph of patterns and lighthouses as its readers see it: its parts, and what every backend must answer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Node:
    """A pattern or lighthouse: `key` is `p12` or `l3`, with the record's id."""

    key: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Edge:
    """`source —kind→ target`; `state` is a relation's, or `declared` for what a lighthouse says of itself.

    `relation_id` is the Relation's id, or the Adoption's where the kind is `uses`. `weight`, 0 to 1, orders edges of
    one state: the better founded first.
    """

    source: str
    target: str
    kind: str
    state: str
    relation_id: int
    weight: float = 0.5

    def other(self, key: str) -> str:
        """The end that is not `key`."""
        return self.target if self.source == key else self.source


@dataclass(frozen=True, slots=True)
class Reached:
    """A node of a closure: how many steps away it is, and the edge by which it was first reached."""

    key: str
    steps: int
    edge: Edge


@dataclass(frozen=True, slots=True)
class Shared:
    """A neighbour of two nodes, and the best edge that joins it to each."""

    key: str
    left: Edge
    right: Edge


class Direction(StrEnum):
    """Which edges at a node are meant: those that start there, those that arrive, or all."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


USES = "uses"  # the kind of edge that a lighthouse declares
DECLARED = "declared"  # its state
TRUSTED = ("approved", DECLARED)
EVERY = (*TRUSTED, "suggested")


class Graph(Protocol):
    """Typed edges between patterns and lighthouses; built whole from the records, then only read.

    `states` and `kinds` say which edges count (no kinds: all of them). Lists begin with trusted edges, then the
    heavier, then by kind and id. Unknown keys have no edges. Every answer is bounded in length and in time. Reading
    raises `BackendError` where nothing was built, the engine fails, or time is up before anything was found.
    """

    def build(self, nodes: Iterable[Node], edges: Iterable[Edge], *, mark: str) -> None:
        """Replace the graph by this one, all or nothing, and remember `mark`."""

    def mark(self) -> str:
        """What the last build was marked with; empty when nothing was built, or when what was is broken."""

    def neighbours(
        self,
        key: str,
        *,
        kinds: Collection[str] = (),
        direction: Direction = Direction.BOTH,
        states: Collection[str] = EVERY,
        limit: int = 50,
    ) -> list[Edge]:
        """Edges at `key`."""

    def adoptions(self, key: str, *, limit: int = 50) -> list[Edge]:
        """What a lighthouse uses, or the lighthouses that use a pattern."""

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
        """The shortest ways between two nodes, whatever the direction of their edges; of equals the most trusted first.

        Of several edges between two nodes the best stands for all.
        """

    def prerequisites(
        self,
        key: str,
        *,
        direction: Direction = Direction.OUT,
        states: Collection[str] = TRUSTED,
        depth: int = 6,
        limit: int = 100,
    ) -> list[Reached]:
        """Everything `key` requires at any depth, nearest first; `direction` IN: everything that requires it.

        Only `requires` counts. That a special case needs what its general one needs is likely, but nobody said it.
        """

    def shared(
        self, one: str, other: str, *, kinds: Collection[str] = (), states: Collection[str] = TRUSTED, limit: int = 50
    ) -> list[Shared]:
        """What two nodes are both joined to, the best joined first."""

    def count(self) -> tuple[int, int]:
        """(nodes, edges)."""
