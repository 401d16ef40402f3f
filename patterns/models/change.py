"""The library's append-only log, and how far each of its readers has read."""

from django.db import models
from django.db.models import Func

from patterns.enums import ChangeKind


class CurrentTransaction(Func):
    """PostgreSQL's 64-bit id of the running transaction, for readers that must not overtake it."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class LibraryChange(models.Model):
    """One change, written in the transaction that made it. Ordered for readers by (`transaction`, `id`)."""

    kind = models.CharField(max_length=24, choices=ChangeKind)
    pattern = models.ForeignKey("patterns.Pattern", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    lighthouse = models.ForeignKey(
        "patterns.Lighthouse", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    revision = models.ForeignKey("patterns.Revision", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    transaction = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["transaction", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pattern_id or self.lighthouse_id}"


class Cursor(models.Model):
    """How far a follower (index, graph, cache) has read the log on one machine."""

    name = models.CharField(max_length=120, unique=True)
    transaction = models.BigIntegerField(default=0)
    change_id = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
