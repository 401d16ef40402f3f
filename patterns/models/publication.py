"""What curators did to published things, kept so that it can be explained and, where possible, taken back."""

from django.db import models
from django.db.models import Q

from patterns.enums import Tier


class Retirement(models.Model):
    """Something was taken out of the library: by whom, why, and where readers should go instead.

    One that is over (`ended_at`) stays as history.
    """

    pattern = models.ForeignKey(
        "patterns.Pattern", null=True, blank=True, on_delete=models.CASCADE, related_name="retirements"
    )
    lighthouse = models.ForeignKey(
        "patterns.Lighthouse", null=True, blank=True, on_delete=models.CASCADE, related_name="retirements"
    )
    successor = models.ForeignKey(
        "patterns.Pattern", null=True, blank=True, on_delete=models.SET_NULL, related_name="succeeds"
    )
    actor = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pattern__isnull=True) ^ Q(lighthouse__isnull=True), name="retirement_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=models.F("pattern")),
                name="retirement_for_another",
            ),
            models.UniqueConstraint(fields=["pattern"], condition=Q(ended_at=None), name="one_retirement_of_pattern"),
            models.UniqueConstraint(
                fields=["lighthouse"], condition=Q(ended_at=None), name="one_retirement_of_lighthouse"
            ),
        ]

    def __str__(self) -> str:
        return f"retirement of {self.pattern_id or self.lighthouse_id}"


class PatternMerge(models.Model):
    """Two patterns became one. `moved` says row by row what went over, so that the merge can be taken back."""

    merged = models.ForeignKey("patterns.Pattern", on_delete=models.CASCADE, related_name="merges")
    kept = models.ForeignKey("patterns.Pattern", on_delete=models.CASCADE, related_name="merges_in")
    actor = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    moved = models.JSONField(default=dict, help_text="{what relied on it: what became of each row}")
    aliases = models.JSONField(default=list, help_text="the names the kept pattern got by it")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(merged=models.F("kept")), name="merge_of_two"),
            models.UniqueConstraint(fields=["merged"], condition=Q(ended_at=None), name="merged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"


class TierConfirmation(models.Model):
    """A curator read the evidence of a lighthouse and says that a pattern holds. Without one there is no gold.

    `revision` is the text that was read, `adoption_reference` the lighthouse's own word for the pattern.
    """

    pattern = models.ForeignKey("patterns.Pattern", on_delete=models.CASCADE, related_name="confirmations")
    tier = models.CharField(max_length=8, choices=Tier, default=Tier.GOLD)
    lighthouse = models.ForeignKey("patterns.Lighthouse", on_delete=models.PROTECT, related_name="confirmations")
    adoption_reference = models.CharField(max_length=300, blank=True)
    revision = models.ForeignKey("patterns.Revision", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("patterns.User", on_delete=models.PROTECT, related_name="+")
    ground = models.TextField(help_text="what the evidence shows, in the curator's words")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(ground=""), name="confirmation_has_ground"),
            models.UniqueConstraint(fields=["pattern"], condition=Q(ended_at=None), name="one_confirmation"),
        ]

    def __str__(self) -> str:
        return f"{self.pattern_id} is {self.tier} by {self.lighthouse_id}"
