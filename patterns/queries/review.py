"""Find one item of the review queue with all that was said of it."""

from django.db.models import QuerySet

from patterns.models import Review, ReviewItem


def find_item(pk: int) -> ReviewItem | None:
    """Return an item, open or closed, with its author and claim. One query."""
    return ReviewItem.objects.select_related("author", "claim__reviewer").filter(pk=pk).first()


def reviews_of(item: ReviewItem) -> QuerySet[Review]:
    """Return what was decided on an item, newest first. One query."""
    return item.reviews.select_related("reviewer")
