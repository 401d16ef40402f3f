"""What relies on a pattern, counted for curators and carried over when two become one. A registry: each room that
keeps something about patterns says how it counts, moves and gives back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from patterns.models import Pattern


class Move(Protocol):
    """Carry everything from `merged` over to `kept`, in the merge's transaction; return what `give_back` needs."""

    def __call__(self, merged: Pattern, *, kept: Pattern) -> dict[str, Any]: ...


def _nothing(merged: Pattern, *, kept: Pattern) -> dict[str, Any]:  # noqa: ARG001 - what stays where it is
    return {}


@dataclass(frozen=True, slots=True)
class Reliance:
    """One kind of thing that relies on patterns. `label` is a plural noun; `count` and `give_back` do as they say.

    `give_back(record)` returns how many rows went back and how many could not.
    """

    name: str
    label: Any
    count: Callable[[Pattern], int]
    move: Move = _nothing
    give_back: Callable[[dict[str, Any]], tuple[int, int]] | None = None

    @property
    def stays(self) -> bool:
        """Whether a merge leaves it where it is: it names a revision, and revisions never change."""
        return self.give_back is None


_known: dict[str, Reliance] = {}


def register(reliance: Reliance) -> None:
    """Add a kind; call it in `AppConfig.ready()`. The same name again replaces it."""
    _known[reliance.name] = reliance


def reliances() -> tuple[Reliance, ...]:
    """Every registered kind, in the order of registration."""
    return tuple(_known.values())


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of one kind rely on a pattern."""

    name: str
    label: Any
    n: int
    stays: bool


class Counts(tuple[Counted, ...]):
    """What relies on a pattern, kind by kind."""

    @property
    def anything(self) -> bool:
        return any(one.n for one in self)


def counts(pattern: Pattern) -> Counts:
    """Return what relies on `pattern`. One query a kind."""
    return Counts(Counted(one.name, one.label, one.count(pattern), one.stays) for one in reliances())
