"""What a person does with a collection as a whole: make, rename, share, copy, delete. `arranging` has its items."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patterns.models import Collection, CollectionItem, CollectionShare, User
from patterns.people import audit

MOST_COLLECTIONS = 200  # of one person
MOST_ITEMS = 1_000  # in one collection
TITLE_LENGTH, DESCRIPTION_LENGTH, NOTE_LENGTH = 200, 5_000, 2_000  # characters


class CollectionError(Exception):
    """The act was not done and nothing was lost; the message is for the owner."""

    status = 409


class NotYours(CollectionError):
    """Only its owner changes a collection."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("This collection belongs to somebody else."))


class TooMany(CollectionError):
    """The person has as many collections as one may have."""

    status = 422

    def __init__(self) -> None:
        said = ngettext(
            "You have %(most)s collection, which is as many as one person can have. Delete one you no longer need.",
            "You have %(most)s collections, which is as many as one person can have. Delete one you no longer need.",
            MOST_COLLECTIONS,
        )
        super().__init__(said % {"most": MOST_COLLECTIONS})


class Deleted(CollectionError):
    """The collection was deleted, perhaps in another window."""

    def __init__(self) -> None:
        super().__init__(_("This collection was deleted. Put it back first."))


class ChangedMeanwhile(CollectionError):
    """Somebody, most likely the same person in another window, wrote here since the form was opened."""

    def __init__(self) -> None:
        super().__init__(_("This was changed in another window meanwhile. Compare both, then save what should stay."))


def fingerprint(*texts: str) -> str:
    """Return a short name for what a form showed, to tell later whether it was changed meanwhile."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def create(owner: User, *, title: str, description: str = "") -> Collection:
    """Make an empty private collection. Raises `TooMany`."""
    with transaction.atomic():
        _room_for_one(owner)
        return Collection.objects.create(owner=owner, title=title, description=description)


def rename(collection: Collection, *, actor: User, title: str, description: str, seen: str) -> Collection:
    """Give it another title and description; `seen` is the fingerprint of both in the form.

    Raises `ChangedMeanwhile`.
    """
    with transaction.atomic():
        kept = locked(collection, actor=actor)
        if (kept.title, kept.description) == (title, description):
            return kept
        if fingerprint(kept.title, kept.description) != seen:
            raise ChangedMeanwhile
        kept.title, kept.description = title, description
        kept.save(update_fields=["title", "description", "changed_at"])
        return kept


def delete(collection: Collection, *, actor: User) -> None:
    """Hide it from everybody, and end its link; `put_back` undoes the first, not the second. Twice is once."""
    with transaction.atomic():
        kept = locked(collection, actor=actor, deleted=True)
        if kept.deleted_at is None:
            kept.deleted_at = timezone.now()
            kept.save(update_fields=["deleted_at"])
            _end_share(kept, actor=actor)


def put_back(collection: Collection, *, actor: User) -> None:
    """Bring back what was deleted, as it was, and private. Raises `TooMany`."""
    with transaction.atomic():
        _room_for_one(actor)
        kept = locked(collection, actor=actor, deleted=True)
        if kept.deleted_at is not None:
            kept.deleted_at = None
            kept.save(update_fields=["deleted_at", "changed_at"])


def share(collection: Collection, *, actor: User) -> CollectionShare:
    """Let whoever has the link read it. Sharing what is shared returns the link there is."""
    with transaction.atomic():
        kept = locked(collection, actor=actor)
        link, new = CollectionShare.objects.get_or_create(collection=kept, ended_at=None)
        if new:
            audit.note(actor, "shared collection", target=kept)
        return link


def unshare(collection: Collection, *, actor: User) -> None:
    """Take the link back for good: sharing again makes another one."""
    with transaction.atomic():
        _end_share(locked(collection, actor=actor, deleted=True), actor=actor)


def copy(link: CollectionShare, *, to: User) -> tuple[Collection, int]:
    """Copy what `link` shows, order and notes included, into a new collection of `to`.

    Returns it, and how many patterns did not fit. Raises `TooMany`.
    """
    with transaction.atomic():
        _room_for_one(to)
        source = link.collection
        made = Collection.objects.create(
            owner=to, title=source.title, description=source.description, copied_from=source
        )
        standing = source.items.filter(position__isnull=False).order_by("position")
        rows = list(standing.values("pattern_id", "title", "note")[:MOST_ITEMS])
        CollectionItem.objects.bulk_create(
            [CollectionItem(collection=made, position=n, **row) for n, row in enumerate(rows, 1)], batch_size=500
        )
        return made, standing.count() - len(rows)


def locked(collection: Collection, *, actor: User, deleted: bool = False) -> Collection:
    """Return the row, held until the transaction ends, so that whoever changes it does so in turn.

    Raises `NotYours`, and `Deleted` unless a deleted one will do.
    """
    row = Collection.objects.select_for_update(no_key=True).filter(pk=collection.pk).first()
    if row is None or row.owner_id != actor.pk:
        raise NotYours
    if row.deleted_at is not None and not deleted:
        raise Deleted
    return row


def _room_for_one(owner: User) -> None:
    """Hold the account's row, so that two windows cannot both take the last place."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if Collection.objects.filter(owner=owner, deleted_at=None).count() >= MOST_COLLECTIONS:
        raise TooMany


def _end_share(collection: Collection, *, actor: User) -> None:
    if CollectionShare.objects.filter(collection=collection, ended_at=None).update(ended_at=timezone.now()):
        audit.note(actor, "stopped sharing collection", target=collection)
