"""A person's own ordered selections of patterns, and the links by which others may read one."""

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse


def share_token() -> str:
    """Return a name for an address that nobody can guess: 128 random bits."""
    return secrets.token_urlsafe(16)


class Collection(models.Model):
    """Patterns one person put together, in their order. Private until it has a share that has not ended.

    `deleted_at` hides it from everybody; its owner can put it back until it is forgotten (`patterns.retention`).
    """

    owner = models.ForeignKey("patterns.User", on_delete=models.CASCADE, related_name="collections")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["owner", "-changed_at"], name="collections_of_owner")]

    def __str__(self) -> str:
        """A name that gives nothing away: it stands in the audit log, which outlives what a person deletes."""
        return f"collection {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.pk])


class CollectionItem(models.Model):
    """One pattern in a collection, with a note. `position` counts from 1 without gaps.

    What was taken out has no position; it keeps its note and the place it stood at (`stood_at`) until it is put back
    or forgotten. `title` is the pattern's name on the day it was saved.
    """

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    pattern = models.ForeignKey("patterns.Pattern", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(null=True)
    stood_at = models.PositiveIntegerField(null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            # Checked after each statement, so that one UPDATE may shift a whole stretch.
            models.UniqueConstraint(
                fields=["collection", "position"], name="item_position_once", deferrable=models.Deferrable.IMMEDIATE
            ),
            models.UniqueConstraint(fields=["collection", "pattern"], name="item_pattern_once"),
            models.CheckConstraint(
                condition=Q(position__isnull=False, position__gte=1, removed_at=None)
                | Q(position=None, removed_at__isnull=False),
                name="item_stands_or_is_removed",
            ),
        ]
        indexes = [models.Index(fields=["removed_at"], name="items_removed", condition=Q(removed_at__isnull=False))]

    def __str__(self) -> str:
        return f"item {self.pk} of collection {self.collection_id}"


class CollectionShare(models.Model):
    """A link to a collection. One that ended is kept, so that its address can say that it did."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="shares")
    token = models.CharField(max_length=32, unique=True, default=share_token)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection"], condition=Q(ended_at=None), name="one_open_share"),
        ]

    def __str__(self) -> str:
        return f"share of collection {self.collection_id}"

    def get_absolute_url(self) -> str:
        return reverse("shared_collection", args=[self.token])
