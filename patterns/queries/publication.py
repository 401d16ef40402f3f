"""What curators did to a pattern or lighthouse, as pages tell it: why it is gone, what stands for it, why gold."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from patterns.enums import PublicationState, Tier
from patterns.models import Adoption, Lighthouse, Pattern, PatternMerge, Retirement, Revision, TierConfirmation
from patterns.queries.reading import stands_for

STEPS: Final = 10  # successors of successors that are followed
_USED: Final = Q(lighthouse__state=PublicationState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a pattern is gold. `used`: a published lighthouse still says it uses it; `reverted`: the text that was
    confirmed was left for an earlier one.
    """

    confirmation: TierConfirmation
    used: bool
    reverted: bool

    @property
    def stands(self) -> bool:
        return self.used and not self.reverted


def open_retirement(thing: Pattern | Lighthouse) -> Retirement | None:
    """Return why `thing` is taken out, where that was said. One query."""
    return thing.retirements.filter(ended_at=None).select_related("successor", "actor").first()


def successor_of(retirement: Retirement | None) -> Pattern | None:
    """Return the published pattern that readers of something retired should read now. A query or two for each step."""
    for _step in range(STEPS):
        if retirement is None or retirement.successor is None:
            return None
        successor = stands_for(retirement.successor)
        if successor.state == PublicationState.PUBLISHED:
            return successor
        retirement = open_retirement(successor)
    return None


def open_merge(pattern: Pattern) -> PatternMerge | None:
    """Return the merge by which `pattern` became part of another. One query."""
    return pattern.merges.filter(ended_at=None).select_related("kept", "actor").first()


def merged_into_it(pattern: Pattern) -> list[PatternMerge]:
    """Return what became part of `pattern`, newest first. One query."""
    return list(pattern.merges_in.filter(ended_at=None).select_related("merged", "actor"))


def evidence_of(pattern: Pattern) -> Evidence | None:
    """Return what a gold pattern rests on; None for others. One query."""
    if pattern.tier != Tier.GOLD:
        return None
    found = _weighed(
        TierConfirmation.objects.filter(pattern=pattern, ended_at=None)
        .select_related("lighthouse", "confirmed_by", "revision")
        .defer("revision__source", "revision__front")
    ).first()
    return Evidence(found, found.used, found.reverted) if found else None


def gone_evidence() -> list[Evidence]:
    """Return the gold patterns whose evidence is gone, by title. One query."""
    gold = TierConfirmation.objects.filter(
        ended_at=None, pattern__state=PublicationState.PUBLISHED, pattern__tier=Tier.GOLD
    )
    found = _weighed(gold.select_related("pattern", "lighthouse", "confirmed_by"))
    found = found.filter(Q(used=False) | Q(reverted=True)).order_by("pattern__title", "pk")
    return [Evidence(one, one.used, one.reverted) for one in found]


def ready_for_gold(*, limit: int = 100) -> list[Pattern]:
    """Return silver patterns that published lighthouses use, those used most first, with `uses`. One query."""
    published = Q(adoptions__lighthouse__state=PublicationState.PUBLISHED)
    used = Count("adoptions__lighthouse", filter=published, distinct=True)
    silver = Pattern.objects.filter(state=PublicationState.PUBLISHED, tier=Tier.SILVER)
    return list(silver.annotate(uses=used).filter(uses__gt=0).order_by("-uses", "title")[:limit])


def _weighed(confirmations: QuerySet[TierConfirmation]) -> QuerySet[TierConfirmation]:
    """Say of each whether a lighthouse still uses the pattern, and whether the text went back before what was read."""
    other_text = ~Q(pattern__current__sha256=F("revision__sha256"))
    return confirmations.annotate(
        used=Exists(_uses(OuterRef("pattern"))), reverted=Q(Exists(_went_back())) & other_text
    )


def _uses(pattern: OuterRef) -> QuerySet[Adoption]:
    return Adoption.objects.filter(_USED, pattern=pattern)


def _went_back() -> QuerySet[Revision]:
    """Revisions before the confirmed one whose text stands again."""
    return Revision.objects.filter(
        pattern=OuterRef("pattern"),
        number__lt=OuterRef("revision__number"),
        sha256=OuterRef("pattern__current__sha256"),
    )
