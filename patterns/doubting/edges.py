"""What the doubts are worked out from: relations as bare edges, and the names of the patterns they join."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from patterns.format.kinds import stands_in_target_file

CONTEXT_FILE: Final = ".json["


class DoubtKind(StrEnum):
    """Each relation has every kind that applies, or `none` alone: looked at, and no doubt found."""

    SELF_LOOP = "self_loop"
    DANGLING = "dangling"
    BIASED_TARGET = "biased_target"
    OTHER_EVIDENCE = "other_evidence"
    MUTUAL = "mutual"
    CONTRADICTION = "contradiction"
    DUPLICATE = "duplicate"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation as the doubts see it. `generation` tells apart what wrote it: relations of one kind of file."""

    pk: int
    kind: str
    source: int | None
    target: int | None
    source_ref: str = ""
    target_ref: str = ""
    evidence: str = ""
    weight: float | None = None
    state: str = "suggested"
    library: int | None = None
    stands_at: str = ""

    @property
    def generation(self) -> tuple[int | None, str]:
        return self.library, generation(self.stands_at)

    @property
    def named(self) -> int | None:
        """The end that its file names; the other is the file's own pattern."""
        return self.source if stands_in_target_file(self.stands_at) else self.target

    @property
    def joined(self) -> bool:
        return self.source is not None and self.target is not None


@dataclass(frozen=True, slots=True)
class Named:
    """A pattern's names. `place` is its address, by which lists of patterns are sorted."""

    title: str
    place: str
    aliases: tuple[str, ...] = ()
    published: bool = True
    library: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to doubt one relation. `facts` are JSON, and `words` makes a sentence of them."""

    relation: int
    kind: DoubtKind
    facts: Mapping[str, Any] = field(default_factory=dict)


def generation(stands_at: str) -> str:
    """Name the sort of place a relation was read from; whoever wrote one file of a sort wrote them all."""
    if CONTEXT_FILE in stands_at:
        return stands_at.partition("[")[0]
    if stands_at.startswith("relationships."):
        return "typed"
    return "flat" if stands_at else "site"
