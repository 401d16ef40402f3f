"""What reviewers keep of the queue for themselves: named filter sets, and what they did to many items at once."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A set of filters of the review queue under a name; `query` is the query string of its address."""

    owner = models.ForeignKey("patterns.User", on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=800, blank=True)
    position = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return self.name


class BulkAct(models.Model):
    """One act on many items. `key` comes from the form, so that a form sent twice is one act, carried on."""

    class Kind(models.TextChoices):
        CLAIM = "claim", _("claim")
        RELEASE = "release", _("give back")
        ACCEPT = "accept", _("accept")
        DECLINE = "decline", _("decline")

    actor = models.ForeignKey("patterns.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.TextField(blank=True)
    key = models.CharField(max_length=64, unique=True)
    query = models.CharField(max_length=800, blank=True, help_text="the list it was chosen from")
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} by {self.actor_id}"

    def get_absolute_url(self) -> str:
        return reverse("review_bulk_result", args=[self.pk])


class BulkOutcome(models.Model):
    """What came of one item of a bulk act, written in the transaction that did it."""

    act = models.ForeignKey(BulkAct, on_delete=models.CASCADE, related_name="outcomes")
    item = models.ForeignKey("patterns.ReviewItem", on_delete=models.PROTECT, related_name="+")
    done = models.BooleanField()
    said = models.TextField(blank=True, help_text="why not, in words")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["act", "item"], name="bulk_item_once")]

    def __str__(self) -> str:
        return f"{self.item_id}: {'done' if self.done else self.said}"
