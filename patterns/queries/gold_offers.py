"""Gold of a pattern that was merged: what stays is offered for it, since its evidence moved and nobody looked again.

Nothing is kept for this: an offer is a merge that stands, of a pattern that was gold, into one that is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from patterns.enums import PublicationState, Tier
from patterns.models import Adoption, Pattern, PatternMerge, TierConfirmation


@dataclass(frozen=True, slots=True)
class Offer:
    """`kept` may be gold as what it took in was: `confirmation` says by whom and why, `adoption` is the evidence now.

    `merges` lead from the one to the other, more than one where patterns were merged on and on.
    """

    kept: Pattern
    confirmation: TierConfirmation
    merges: tuple[PatternMerge, ...]
    adoption: Adoption | None

    @property
    def pk(self) -> int:
        return self.merges[0].pk

    @property
    def merged(self) -> Pattern:
        return self.confirmation.pattern

    @property
    def since(self) -> datetime:
        return self.confirmation.at

    def merged_by(self, person: int) -> bool:
        return any(one.actor_id == person for one in self.merges)


def offers() -> list[Offer]:
    """Return what curators are offered, by title; one for each pattern that stays, the newest confirmation. Five
    queries at most.
    """
    confirmed = TierConfirmation.objects.filter(
        ended_at=None, pattern__tier=Tier.GOLD, pattern__merged_into__isnull=False
    )
    confirmations = list(confirmed.select_related("pattern", "confirmed_by", "lighthouse").order_by("at", "pk"))
    if not confirmations:
        return []
    open_ones = PatternMerge.objects.filter(ended_at=None).select_related("merged", "actor").defer("moved")
    merges = {one.merged_id: one for one in open_ones}
    ways = {one.pk: _way(one.pattern_id, merges) for one in confirmations}
    ends = {way[-1].kept_id for way in ways.values() if way}
    kept = Pattern.objects.select_related("current").defer("current__source", "current__front").filter(
        pk__in=ends, state=PublicationState.PUBLISHED
    )  # fmt: skip
    standing = {one.pk: one for one in kept.exclude(tier=Tier.GOLD)}
    looked = _looked_at(standing)
    uses = _uses(standing)
    found: dict[int, Offer] = {}
    for one in confirmations:
        way = ways[one.pk]
        if way and (there := standing.get(way[-1].kept_id)) and way[-1].at > looked.get(there.pk, _LONG_AGO):
            found[there.pk] = Offer(there, one, tuple(way), _best(uses.get(there.pk, ()), one))
    return sorted(found.values(), key=lambda one: (one.kept.title.casefold(), one.kept.pk))


def _way(start: int, merges: Mapping[int, PatternMerge]) -> list[PatternMerge]:
    way: list[PatternMerge] = []
    while start in merges:
        way.append(merges[start])
        start = way[-1].kept_id
    return way


def _looked_at(patterns: Mapping[int, Pattern]) -> dict[int, datetime]:
    """When a curator last confirmed each as gold, or made it silver again: then somebody has looked. One query."""
    rows = TierConfirmation.objects.filter(pattern__in=patterns).values_list("pattern", "at", "ended_at")
    found: dict[int, datetime] = {}
    for pk, at, ended in rows:
        found[pk] = max(found.get(pk, at), at, ended or at)
    return found


def _uses(patterns: Mapping[int, Pattern]) -> dict[int, list[Adoption]]:
    """The uses of each by published lighthouses. One query."""
    rows = Adoption.objects.filter(lighthouse__state=PublicationState.PUBLISHED, pattern__in=patterns)
    found: dict[int, list[Adoption]] = {}
    for one in rows.select_related("lighthouse").order_by("lighthouse__title", "lighthouse_id", "position"):
        found.setdefault(one.pattern_id, []).append(one)
    return found


def _best(uses: Sequence[Adoption], confirmation: TierConfirmation) -> Adoption | None:
    """The use that was confirmed before, else another."""
    return next((one for one in uses if one.lighthouse_id == confirmation.lighthouse_id), uses[0] if uses else None)


_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
