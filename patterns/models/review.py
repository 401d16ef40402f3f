"""What people propose and how others decide: submissions, the one review queue, claims and reviews.

The database itself refuses a decision on one's own work and a second final decision (see migrations 0002 and 0009).
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.urls import reverse
from django.utils import timezone

from patterns.enums import Decision, SubmissionKind, SubmissionState, Tier

A_POINT = 12 * 3600  # seconds of waiting that weigh as much as one point of priority


class Submission(models.Model):
    """Something a person proposes. `version` rises with every change, so that nobody decides on what they did not see.

    `text` is the proposed file (new pattern, edit, lighthouse) or the corrected answer; `payload` holds what else the
    kind needs. `key` makes a form that is sent twice one submission. `came_from` is what it was before: a draft that
    another tab overtook, or a new pattern that became an edit of one that exists.
    """

    kind = models.CharField(max_length=16, choices=SubmissionKind)
    state = models.CharField(max_length=20, choices=SubmissionState, default=SubmissionState.DRAFT)
    author = models.ForeignKey("patterns.User", on_delete=models.PROTECT, related_name="submissions")
    title = models.CharField(max_length=300)
    pattern = models.ForeignKey(
        "patterns.Pattern", null=True, blank=True, on_delete=models.CASCADE, related_name="submissions"
    )
    lighthouse = models.ForeignKey(
        "patterns.Lighthouse", null=True, blank=True, on_delete=models.CASCADE, related_name="submissions"
    )
    based_on = models.ForeignKey("patterns.Revision", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    came_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="became")
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


class Epoch(models.Func):
    """The seconds of a time since 1970, as an expression that never depends on the time zone of a connection."""

    template = "(EXTRACT(EPOCH FROM %(expressions)s AT TIME ZONE 'UTC'))::bigint"
    output_field = models.BigIntegerField()


class ReviewItem(models.Model):
    """One thing in the queue that needs a person, of any registered kind (`patterns.review.kinds`).

    `rank` joins priority and age in one number that never has to be written again: the lower, the more pressing
    (ADR 0026). What the queue can be narrowed by stands on the item itself, as it was when it opened or last changed.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    author = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    priority = models.IntegerField(default=0)
    reasons = models.JSONField(default=list, help_text="the priority in words, as the room that opened it says them")
    signs = models.JSONField(default=dict, blank=True, help_text="what was weighed (patterns.review.priority.Signs)")
    tier = models.CharField(max_length=8, choices=Tier, blank=True)
    domain = models.CharField(max_length=120, blank=True)
    newcomer = models.BooleanField(default=False, help_text="its author had nothing accepted before")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="about how long it takes to read")
    open = models.BooleanField(default=True)
    with_author = models.BooleanField(default=False, help_text="open, and waits for changes that were asked for")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    waits_since = models.DateTimeField(default=timezone.now, help_text="when reviewers last got it")
    closed_at = models.DateTimeField(null=True, blank=True)
    rank = models.GeneratedField(
        expression=Epoch("waits_since") - models.F("priority") * A_POINT,
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], condition=models.Q(open=True), name="one_open_item"),
        ]
        indexes = [
            models.Index(
                fields=["rank", "id"], name="queue_order", condition=models.Q(open=True, with_author=False),
                include=["kind", "tier", "domain", "newcomer", "minutes", "author", "waits_since"],
            ),
            models.Index(
                fields=["kind", "rank", "id"], name="queue_of_kind", condition=models.Q(open=True, with_author=False)
            ),
            models.Index(
                fields=["domain", "rank", "id"], name="queue_of_domain",
                condition=models.Q(open=True, with_author=False),
            ),
            models.Index(
                fields=["waits_since", "id"], name="queue_by_age", condition=models.Q(open=True, with_author=False)
            ),
            models.Index(
                fields=["rank", "id"], name="queue_with_authors", condition=models.Q(open=True, with_author=True)
            ),
            models.Index(fields=["-closed_at", "-id"], name="queue_decided", condition=models.Q(open=False)),
            models.Index(fields=["kind", "object_id"]),
            GinIndex(SearchVector("title", config="simple"), name="queue_titles"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("review_item", args=[self.pk])


class Claim(models.Model):
    """A reviewer is looking at an item; visible to all, renewable, over when it expires."""

    item = models.OneToOneField(ReviewItem, on_delete=models.CASCADE, related_name="claim")
    reviewer = models.ForeignKey("patterns.User", on_delete=models.CASCADE, related_name="claims")
    claimed_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

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
            models.UniqueConstraint(fields=["item", "item_version"], name="one_review_of_a_version"),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.ACCEPT) | ~models.Q(reason=""), name="review_against_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} by {self.reviewer_id}"
