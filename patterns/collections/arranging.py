"""Put patterns into a collection, take them out, annotate and reorder them.

Every act holds the collection's row, so that windows open side by side act in turn and the positions stay 1, 2, 3 …
"""

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Case, F, Max, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patterns.collections.collecting import MOST_ITEMS, ChangedMeanwhile, CollectionError, fingerprint, locked
from patterns.models import Collection, CollectionItem, Pattern, User

WAYS: Final = ("top", "up", "down", "bottom")


class Full(CollectionError):
    """The collection holds as many patterns as one may hold."""

    status = 422

    def __init__(self) -> None:
        said = ngettext(
            "This collection is full: one holds at most %(most)s pattern. Save this one to another collection.",
            "This collection is full: one holds at most %(most)s patterns. Save this one to another collection.",
            MOST_ITEMS,
        )
        super().__init__(said % {"most": MOST_ITEMS})


class NotInIt(CollectionError):
    """The pattern was taken out, perhaps in another window."""

    def __init__(self) -> None:
        super().__init__(_("That pattern is not in this collection any more."))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands now, of how many, and whether it `moved` there just now."""

    position: int
    of: int
    moved: bool


def target(position: int, *, of: int, where: str | int) -> int:
    """Return the position that `where` (one of `WAYS`, or a number) means for an item at `position`, 1 to `of`."""
    wanted = {"top": 1, "up": position - 1, "down": position + 1, "bottom": of}.get(where, where)
    return min(max(int(wanted), 1), of)


def add(collection: Collection, *, pattern: Pattern, actor: User, note: str = "") -> tuple[CollectionItem, bool]:
    """Put `pattern` at the end; what was taken out comes back with its note. Returns it, and whether it is new here.

    Raises `Full`.
    """
    with transaction.atomic():
        kept = locked(collection, actor=actor)
        item = kept.items.filter(pattern=pattern).first()
        if item is not None and item.position is not None:
            return item, False
        last = _size(kept)
        if last >= MOST_ITEMS:
            raise Full
        item = item or CollectionItem(collection=kept, pattern=pattern)
        item.title, item.note = pattern.title, note or item.note
        item.position, item.stood_at, item.removed_at = last + 1, None, None
        item.save()
        _touch(kept)
        return item, True


def remove(item: CollectionItem, *, actor: User) -> None:
    """Take an item out and close the gap; twice is once."""
    with transaction.atomic():
        kept, item = _held(item, actor=actor)
        if item.position is None:
            return
        stood_at, item.position = item.position, None
        item.stood_at, item.removed_at = stood_at, timezone.now()
        item.save(update_fields=["position", "stood_at", "removed_at"])
        kept.items.filter(position__gt=stood_at).update(position=F("position") - 1)
        _touch(kept)


def put_back(item: CollectionItem, *, actor: User) -> Place:
    """Bring an item back to where it stood, or to the end when the collection is shorter now. Raises `Full`."""
    with transaction.atomic():
        kept, item = _held(item, actor=actor)
        last = _size(kept)
        if item.position is not None:
            return Place(item.position, last, moved=False)
        if last >= MOST_ITEMS:
            raise Full
        position = min(item.stood_at or last + 1, last + 1)
        kept.items.filter(position__gte=position).update(position=F("position") + 1)
        item.position, item.stood_at, item.removed_at = position, None, None
        item.save(update_fields=["position", "stood_at", "removed_at"])
        _touch(kept)
        return Place(position, last + 1, moved=True)


def move(item: CollectionItem, *, where: str | int, actor: User) -> Place:
    """Move an item one up or down, to an end or to a number, and everything between by one. Raises `NotInIt`."""
    with transaction.atomic():
        kept, item = _held(item, actor=actor)
        if item.position is None:
            raise NotInIt
        old, last = item.position, _size(kept)
        new = target(old, of=last, where=where)
        if new != old:
            shift = Value(1 if new < old else -1)
            kept.items.filter(position__range=sorted((old, new))).update(
                position=Case(When(pk=item.pk, then=Value(new)), default=F("position") + shift)
            )
            _touch(kept)
        return Place(new, last, moved=new != old)


def annotate(item: CollectionItem, *, note: str, seen: str, actor: User) -> None:
    """Write why the pattern is here; `seen` is the fingerprint of the note in the form.

    Raises `NotInIt`, `ChangedMeanwhile`.
    """
    with transaction.atomic():
        kept, item = _held(item, actor=actor)
        if item.position is None:
            raise NotInIt
        if item.note == note:
            return
        if fingerprint(item.note) != seen:
            raise ChangedMeanwhile
        item.note = note
        item.save(update_fields=["note"])
        _touch(kept)


def _held(item: CollectionItem, *, actor: User) -> tuple[Collection, CollectionItem]:
    """The collection's row, locked first by everyone, and the item as it is now."""
    kept = locked(item.collection, actor=actor)
    return kept, kept.items.get(pk=item.pk)


def _size(collection: Collection) -> int:
    return collection.items.aggregate(last=Max("position"))["last"] or 0


def _touch(collection: Collection) -> None:
    collection.save(update_fields=["changed_at"])
