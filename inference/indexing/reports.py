"""What one run of the indexer did, in figures and in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run did. `busy`: another process was indexing, and will find what there was to do.

    `failed` passages could not be embedded. `swapped` and `refused` say how a generation built beside the live one
    ended; `problem` why something could not be done.
    """

    busy: bool = False
    things: int = 0
    passages: int = 0
    embedded: int = 0
    failed: int = 0
    seconds: float = 0.0
    removed: int = 0
    swapped: str = ""
    refused: str = ""
    problem: str = ""

    def __str__(self) -> str:
        parts = []
        if self.things or self.embedded:
            parts.append(
                f"{self.things} entries in {self.passages} new passages, {self.embedded} embedded, {self.seconds:.1f} s"
            )
        if self.removed:
            parts.append(f"{self.removed} generations removed")
        if self.failed:
            parts.append(f"{self.failed} passages could not be embedded")
        return ". ".join([*parts, *(said for said in (self.swapped, self.refused, self.problem) if said)])
