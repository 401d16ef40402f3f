"""Find what the review pages show: the waiting items with why they wait, and one item with all that was said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from patterns.models import Claim, Review, ReviewItem
from patterns.review import QueueKind, kind_of, kinds, level, live_claim, waiting_items

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue."""

    item: ReviewItem
    kind: QueueKind
    level: str
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class KindCount:
    """A filter of the queue with its true count."""

    name: str
    label: str
    count: int


def queue(*, kind: str = "") -> tuple[list[Row], list[KindCount], int]:
    """Return the most pressing items, the filters with their counts, and how many wait in all. Two queries."""
    rows = [Row(item, kind_of(item), level(item), live_claim(item)) for item in waiting_items(kind=kind)[:SHOWN]]
    counted = dict(waiting_items().order_by().values_list("kind").annotate(Count("pk")))
    known = {one.name: one.label for one in kinds()}
    filters = [KindCount(name, known.get(name, name), count) for name, count in sorted(counted.items())]
    return rows, filters, sum(counted.values())


def find_item(pk: int) -> ReviewItem | None:
    """Return an item, open or closed, with its author and claim. One query."""
    return ReviewItem.objects.select_related("author", "claim__reviewer").filter(pk=pk).first()


def reviews_of(item: ReviewItem) -> QuerySet[Review]:
    """Return what was decided on an item, newest first. One query."""
    return item.reviews.select_related("reviewer")


def next_after(item: ReviewItem, rows: Sequence[Row]) -> ReviewItem | None:
    """Return what to look at once `item` is dealt with: the most pressing one nobody holds and not the same."""
    return next((row.item for row in rows if row.item.pk != item.pk and row.claim is None), None)
