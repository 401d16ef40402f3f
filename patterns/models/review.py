"""What people propose and how others decide: submissions, the one review queue, claims and reviews.

The database itself refuses a decision on one's own work and a second final decision (see migration 0002).
"""

from django.db import models
from django.urls import reverse

from patterns.enums import Decision, SubmissionKind, SubmissionState


class Submission(models.Model):
    """Something a person proposes. `version` rises with every change, so that nobody decides on what they did not see.

    `text` is the proposed file (new pattern, edit, lighthouse) or the corrected answer; `payload` holds what else the
    kind needs. `key` makes a form that is sent twice one submission.
    """

    kind = models.CharField(max_length=16, choices=SubmissionKind)
    state = models.CharField(max_length=20, choices=SubmissionState, default=SubmissionState.DRAFT)
    author = models.ForeignKey("patterns.User", on_delete=models.PROTECT, related_name="submissions")
    title = models.CharField(max_length=300)
    pattern = models.ForeignKey(
        "patterns.Pattern", null=True, blank=True, on_delete=models.CASCADE, related_name="submissions"
    )
    based_on = models.ForeignKey("patterns.Revision", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text="why, in the author's words")
    payload = models.JSONField(default=dict, blank=True)
    consent = models.BooleanField(default=False, help_text="the author licenses it as the page said")
    key = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-changed_at"]
        indexes = [models.Index(fields=["author", "-changed_at"]), models.Index(fields=["state"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("submission", args=[self.pk])


class SubmissionEvent(models.Model):
    """One transition of a submission: who, when, and where it went against the author, why."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="events")
    actor = models.ForeignKey("patterns.User", null=True, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=20, choices=SubmissionState, blank=True)
    after = models.CharField(max_length=20, choices=SubmissionState)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class ReviewItem(models.Model):
    """One thing in the queue that needs a person, of any registered kind (`patterns.review.kinds`)."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    author = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    priority = models.IntegerField(default=0)
    reasons = models.JSONField(default=list, help_text="the priority in words")
    open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], condition=models.Q(open=True), name="one_open_item"),
        ]
        indexes = [
            models.Index(fields=["-priority", "created_at"], name="queue_order", condition=models.Q(open=True)),
            models.Index(fields=["kind", "object_id"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("review_item", args=[self.pk])


class Claim(models.Model):
    """A reviewer is looking at an item; visible to all, renewable, over when it expires."""

    item = models.OneToOneField(ReviewItem, on_delete=models.CASCADE, related_name="claim")
    reviewer = models.ForeignKey("patterns.User", on_delete=models.CASCADE, related_name="claims")
    claimed_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reviewer_id} holds {self.item_id}"


class Review(models.Model):
    """A person's decision on an item. `author` is copied so that the database can compare the two people."""

    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey("patterns.User", on_delete=models.PROTECT, related_name="reviews")
    author = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=16, choices=Decision)
    reason = models.TextField(blank=True)
    item_version = models.PositiveIntegerField()
    checklist = models.JSONField(
        default=list, db_default=[], blank=True, help_text="the questions of its kind, and which were ticked"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(author__isnull=True) | ~models.Q(author=models.F("reviewer")),
                name="review_by_another_person",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=~models.Q(decision=Decision.REQUEST_CHANGES), name="one_final_review"
            ),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.ACCEPT) | ~models.Q(reason=""), name="review_against_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} by {self.reviewer_id}"
