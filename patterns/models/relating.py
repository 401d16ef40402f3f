"""What is known about suggested relations, and what people decided about them, in a form that can be undone.

The database refuses a decision about a relation by the person who suggested it, and one on a state that is no longer
true (see migration 0008).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from patterns.enums import Provenance, RelationState


class RelationDoubt(models.Model):
    """One kind of doubt about one suggested relation, with the numbers that prove it. Rebuildable.

    A relation without any row has not been looked at yet; one that nothing speaks against has the kind `none`.
    """

    relation = models.ForeignKey("patterns.Relation", on_delete=models.CASCADE, related_name="doubts")
    kind = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relation", "kind"], name="doubt_once")]
        indexes = [models.Index(fields=["kind", "relation"], name="doubt_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} about {self.relation_id}"


class RelationBatch(models.Model):
    """One act of one reviewer, on one relation or on thousands. `chosen` says in words which ones they were."""

    class Act(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        REJECT = "reject", _("rejected")
        UNDO = "undo", _("undone")

    reviewer = models.ForeignKey("patterns.User", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=8, choices=Act)
    reason = models.TextField(blank=True)
    chosen = models.CharField(max_length=500, blank=True)
    count = models.PositiveIntegerField(default=0)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    submission = models.ForeignKey(
        "patterns.Submission", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=64, null=True, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["reviewer", "-id"], name="batch_of_reviewer")]

    def __str__(self) -> str:
        return f"{self.act} {self.count} relations"


class RelationDecision(models.Model):
    """What a batch made of one relation, and what it was before."""

    batch = models.ForeignKey(RelationBatch, on_delete=models.PROTECT, related_name="decisions")
    relation = models.ForeignKey("patterns.Relation", on_delete=models.CASCADE, related_name="decisions")
    before_state = models.CharField(max_length=10, choices=RelationState)
    before_provenance = models.CharField(max_length=10, choices=Provenance)
    before_by = models.ForeignKey("patterns.User", null=True, on_delete=models.PROTECT, related_name="+")
    before_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=RelationState)
    provenance = models.CharField(max_length=10, choices=Provenance)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "relation"], name="decided_once_in_a_batch")]
        indexes = [models.Index(fields=["relation", "-id"], name="decisions_of_relation")]

    def __str__(self) -> str:
        return f"{self.relation_id}: {self.before_state} → {self.state}"
