"""The one queue of everything that needs a person: how things get in, wait for their author, and leave."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from patterns.models import Claim, ReviewItem, User
from patterns.review.priority import Signs


def open_item(
    kind: str,
    *,
    object_id: int,
    title: str,
    author: User | None = None,
    priority: int = 0,
    reasons: Sequence[str] = (),
    signs: Signs | None = None,
) -> ReviewItem:
    """Put something into the queue, or, where it is there already, say that it changed (its version rises).

    `author` is the person who may not decide on it. `signs` are weighed, explained and filtered by; `priority` adds
    to them, and `reasons` say the addition in words.
    """
    with transaction.atomic():
        values = _weighed(priority, reasons, signs) | {"title": title[:300]}
        item, new = ReviewItem.objects.get_or_create(
            kind=kind, object_id=object_id, open=True, defaults=values | {"author": author}
        )
        if not new:
            item = ReviewItem.objects.select_for_update().get(pk=item.pk)
            if item.with_author:
                item.with_author, item.waits_since = False, timezone.now()
            for name, value in values.items():
                setattr(item, name, value)
            item.version += 1
            item.save()
        return item


def lock_open_item(kind: str, *, object_id: int) -> ReviewItem | None:
    """The open item of a thing, held until the transaction ends. Always lock it before the thing itself."""
    return ReviewItem.objects.select_for_update().filter(kind=kind, object_id=object_id, open=True).first()


def hand_back(item: ReviewItem) -> None:
    """Let `item` wait for its author's changes; `open_item` brings it back."""
    item.with_author = True
    item.save(update_fields=["with_author"])
    Claim.objects.filter(item=item).delete()


def close(item: ReviewItem) -> None:
    """Take `item` out of the queue; the database refuses unless it was decided, or withdrawn by its author."""
    item.open, item.with_author, item.closed_at = False, False, timezone.now()
    item.save(update_fields=["open", "with_author", "closed_at"])
    Claim.objects.filter(item=item).delete()


def waiting_items(*, kind: str = "") -> QuerySet[ReviewItem]:
    """What needs a reviewer now, most pressing first; what waits for its author's changes is left out."""
    items = ReviewItem.objects.filter(open=True, with_author=False)
    if kind:
        items = items.filter(kind=kind)
    return items.select_related("author", "claim__reviewer").order_by("rank", "pk")


def _weighed(priority: int, reasons: Sequence[str], signs: Signs | None) -> dict[str, object]:
    """What an item keeps of its weight. `reasons` are kept in English, as records are; pages say them anew."""
    if signs is None:
        return {"priority": priority, "reasons": list(reasons), "signs": {}}
    with translation.override("en"):
        said = [*signs.words(), *reasons]
    return {
        "priority": priority + signs.points,
        "reasons": said,
        "signs": signs.kept(reasons),
        "tier": signs.tier,
        "domain": signs.domain[:120],
        "newcomer": signs.newcomer,
        "minutes": signs.minutes,
    }
