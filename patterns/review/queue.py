"""The one queue of everything that needs a person: how things get in, wait for their author, and leave."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from patterns.models import Claim, Review, ReviewItem, User

PRIORITY_STEPS = ((20, "high"), (10, "raised"))


def open_item(
    kind: str,
    *,
    object_id: int,
    title: str,
    author: User | None = None,
    priority: int = 0,
    reasons: Sequence[str] = (),
) -> ReviewItem:
    """Put something into the queue, or, where it is there already, say that it changed (its version rises).

    `author` is the person who may not decide on it; `reasons` say the priority in words.
    """
    with transaction.atomic():
        values = {"title": title[:300], "author": author, "priority": priority, "reasons": list(reasons)}
        item, new = ReviewItem.objects.get_or_create(kind=kind, object_id=object_id, open=True, defaults=values)
        if not new:
            item = ReviewItem.objects.select_for_update().get(pk=item.pk)
            item.title, item.priority, item.reasons = values["title"], priority, values["reasons"]
            item.version += 1
            item.save()
        return item


def lock_open_item(kind: str, *, object_id: int) -> ReviewItem | None:
    """The open item of a thing, held until the transaction ends. Always lock it before the thing itself."""
    return ReviewItem.objects.select_for_update().filter(kind=kind, object_id=object_id, open=True).first()


def close(item: ReviewItem) -> None:
    """Take `item` out of the queue; the database refuses unless it was decided, or withdrawn by its author."""
    item.open, item.closed_at = False, timezone.now()
    item.save(update_fields=["open", "closed_at"])
    Claim.objects.filter(item=item).delete()


def waiting_items(*, kind: str = "") -> QuerySet[ReviewItem]:
    """What needs a reviewer now, most pressing first; what waits for its author's changes is left out."""
    answered = Review.objects.filter(item=OuterRef("pk"), item_version=OuterRef("version"))
    items = ReviewItem.objects.filter(~Exists(answered), open=True)
    if kind:
        items = items.filter(kind=kind)
    return items.select_related("author", "claim__reviewer").order_by(F("priority").desc(), "created_at", "pk")


def level(item: ReviewItem) -> str:
    """The priority as one word: `high`, `raised` or `usual`."""
    return next((word for least, word in PRIORITY_STEPS if item.priority >= least), "usual")
