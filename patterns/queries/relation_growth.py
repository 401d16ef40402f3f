"""How the graph of approved relations grew: day by day, and by kind beside what is only suggested."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from patterns.enums import PublicationState, RelationState
from patterns.models import Relation

DAYS: Final = 28


_LIVE: Final = PublicationState.PUBLISHED
_STANDS: Final = Q(state=RelationState.APPROVED, source__state=_LIVE, target__state=_LIVE)  # what readers are shown


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many relations of a kind are approved, wait, and were rejected."""

    kind: str
    approved: int
    suggested: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Growth:
    """`days` are the last ones, oldest first, each with how many relations were approved by its end."""

    days: tuple[tuple[date, int], ...]
    kinds: tuple[KindCount, ...]

    @property
    def approved(self) -> int:
        return self.days[-1][1]

    @property
    def more(self) -> int:
        """How many more there are than when the picture begins."""
        return self.days[-1][1] - self.days[0][1]

    @property
    def rejected(self) -> int:
        return sum(one.rejected for one in self.kinds)


def growth(today: date | None = None) -> Growth:
    """Return how the graph grew. Two queries.

    An approval counts from when it was decided, one nobody decided on (a curated file) from when it arrived. What was
    taken back or rejected later is not counted at all: the picture shows what stands.
    """
    today = today or timezone.localdate()
    first = today - timedelta(days=DAYS - 1)
    rows = Relation.objects.filter(_STANDS).order_by()
    since = rows.annotate(day=TruncDate(Coalesce("decided_at", "created_at")))
    by_day = dict(since.values_list("day").annotate(Count("pk")))
    total = sum(count for day, count in by_day.items() if day < first)
    days = []
    for place in range(DAYS):
        day = first + timedelta(days=place)
        total += by_day.get(day, 0)
        days.append((day, total))
    state = {name: Count("pk", filter=Q(state=name)) for name in RelationState.values}
    state[RelationState.APPROVED] = Count("pk", filter=_STANDS)
    kinds = Relation.objects.order_by().values_list("kind").annotate(**state)
    counted = [KindCount(kind, approved, suggested, rejected) for kind, suggested, approved, rejected in kinds]
    return Growth(tuple(days), tuple(sorted(counted, key=lambda one: (-one.approved, -one.suggested, one.kind))))
