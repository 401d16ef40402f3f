"""Find collections: one's own, and what a link leads to. Whose they are is part of every question asked here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Substr
from django.utils import timezone

from patterns.collections.collecting import fingerprint
from patterns.enums import PublicationState
from patterns.models import Collection, CollectionItem, CollectionShare, Pattern, User
from patterns.queries.excerpts import READ, cut, first_words

A_PAGE: Final = 50
KEPT_REMOVED: Final = timedelta(days=30)  # what was taken out or deleted can be put back for so long
_STANDING: Final = Q(items__position__isnull=False)


class Condition(StrEnum):
    """What became of a pattern since it was saved."""

    HERE = "here"
    RENAMED = "renamed"
    RETIRED = "retired"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a collection. `pattern` is missing when `condition` is GONE."""

    item: CollectionItem
    pattern: Pattern | None
    condition: Condition

    @property
    def title(self) -> str:
        """What the pattern is called now, as far as anybody may know."""
        return self.pattern.title if self.pattern and self.condition != Condition.RETIRED else self.item.title

    @property
    def summary(self) -> str:
        """What the pattern says of itself, or how its text begins."""
        return cut(self.pattern.summary) or first_words(self.item.beginning)

    @property
    def note_seen(self) -> str:
        """What a form that changes the note sends back."""
        return fingerprint(self.item.note)


def own_collections(owner: User, *, page: str | int = 1) -> Page:
    """Return a page of what `owner` has, last changed first, with `size` and `shared`. Two queries."""
    return Paginator(_with_facts(_own(owner)), A_PAGE).get_page(page)


def collections_for(pattern: Pattern, *, owner: User) -> list[Collection]:
    """Return all of `owner`'s collections with `size`, `shared`, and `holds`: whether `pattern` is in it. One query."""
    inside = CollectionItem.objects.filter(collection=OuterRef("pk"), pattern=pattern, position__isnull=False)
    return list(_with_facts(_own(owner)).annotate(holds=Exists(inside)))


def latest_collection(owner: User) -> Collection | None:
    """Return the one that changed last. One query."""
    return _own(owner).first()


def deleted_collections(owner: User) -> list[Collection]:
    """Return what `owner` deleted and may still put back, last deleted first. One query."""
    gone = Collection.objects.filter(owner=owner, deleted_at__gt=timezone.now() - KEPT_REMOVED)
    return list(gone.order_by("-deleted_at")[:A_PAGE])


def find_own(pk: int, *, owner: User, deleted: bool = False) -> Collection | None:
    """Return `owner`'s collection, and nobody else's; a deleted one only when asked for. One query."""
    mine = Collection.objects.filter(pk=pk, owner=owner).select_related("copied_from__owner")
    return (mine if deleted else mine.filter(deleted_at=None)).first()


def find_item(collection: Collection, pk: int) -> CollectionItem | None:
    """Return an item of `collection`, taken out or not. One query."""
    return collection.items.filter(pk=pk).select_related("collection").first()


def open_share(collection: Collection) -> CollectionShare | None:
    """Return the link by which others read `collection`, if there is one. One query."""
    return collection.shares.filter(ended_at=None).first()


def find_share(token: str) -> CollectionShare | None:
    """Return what a link is or was for; whether it ended is for the caller to say. One query."""
    return CollectionShare.objects.select_related("collection__owner").filter(token=token).first()


def entries(collection: Collection, *, page: str | int = 1, size: int = A_PAGE) -> Page:
    """Return a page of `collection` in its order, as `Entry`s. Two queries, the last page as quick as the first.

    Positions have no gaps, so a page is a stretch of them and nothing before it needs to be read.
    """
    last = collection.items.aggregate(last=Max("position"))["last"] or 0
    found = Paginator(range(last), size).get_page(page)
    stretch = collection.items.filter(position__range=(found.start_index(), found.end_index()))
    found.object_list = as_entries(_with_patterns(stretch.order_by("position")))
    return found


def taken_out(collection: Collection) -> list[Entry]:
    """Return what can be put back, last taken out first. One query."""
    gone = collection.items.filter(removed_at__gt=timezone.now() - KEPT_REMOVED).order_by("-removed_at")
    return as_entries(_with_patterns(gone)[:A_PAGE])


def as_entries(items: Iterable[CollectionItem]) -> list[Entry]:
    """Say of each item what became of its pattern."""
    return [Entry(item=item, pattern=item.pattern, condition=_condition(item)) for item in items]


def _condition(item: CollectionItem) -> Condition:
    if item.pattern is None:
        return Condition.GONE
    if item.pattern.state != PublicationState.PUBLISHED or item.pattern.current_id is None:
        return Condition.RETIRED
    return Condition.RENAMED if item.pattern.title != item.title else Condition.HERE


def _own(owner: User) -> QuerySet[Collection]:
    return Collection.objects.filter(owner=owner, deleted_at=None).order_by("-changed_at", "-pk")


def _with_facts(collections: QuerySet[Collection]) -> QuerySet[Collection]:
    shares = CollectionShare.objects.filter(collection=OuterRef("pk"), ended_at=None)
    return collections.annotate(size=Count("items", filter=_STANDING), shared=Exists(shares))


def _with_patterns(items: QuerySet[CollectionItem]) -> QuerySet[CollectionItem]:
    shown = ("slug", "title", "summary", "tier", "stars", "domain", "state", "current")
    begins = Substr("pattern__current__source", F("pattern__current__body_start") + 1, READ)
    beginning = Case(When(pattern__summary="", then=begins), default=Value(""))
    return (
        items.select_related("pattern")
        .annotate(beginning=beginning)
        .only(
            *("collection", "title", "note", "position", "stood_at", "added_at", "removed_at"),
            *(f"pattern__{name}" for name in shown),
        )
    )
