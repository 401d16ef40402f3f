"""Which relations a new text may have. A registry: the room that searches proposes, a person ticks or does not."""

from collections.abc import Callable
from dataclasses import dataclass

from patterns.format.kinds import meaning
from patterns.queries.relation_words import phrase

MOST = 8


@dataclass(frozen=True, slots=True)
class OfferedRelation:
    """A relation that may hold: `kind` as the file format writes it, to the pattern `slug`; `reason` in words."""

    kind: str
    slug: str
    title: str
    reason: str

    @property
    def said(self) -> str:
        """The kind in words, seen from the new text: `Requires`, `Specialises`."""
        kind, inverse = meaning(self.kind)
        return phrase(kind, outgoing=not inverse)

    @property
    def line(self) -> str:
        """What a ticked box adds to the form's field `relations`."""
        return f"{self.kind}: {self.slug}"


Proposer = Callable[..., tuple[OfferedRelation, ...]]
_proposers: list[Proposer] = []


def register(proposer: Proposer) -> None:
    """Ask `proposer(title=…, summary=…, body=…, limit=…)` from now on."""
    _proposers[:] = [proposer]


def offered(*, title: str, summary: str = "", body: str = "", limit: int = MOST) -> tuple[OfferedRelation, ...]:
    """Return at most `limit` relations that the text may have, the likeliest first. None of them is asserted."""
    for proposer in _proposers:
        return proposer(title=title, summary=summary, body=body, limit=limit)
    return ()
