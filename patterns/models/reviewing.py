"""What a reviewer and an author say to each other about one submission, and what is kept of each sending of it."""

from django.db import models


class Sending(models.Model):
    """What was sent, each time it was: never changed afterwards, so that any two can be compared."""

    submission = models.ForeignKey("patterns.Submission", on_delete=models.CASCADE, related_name="sendings")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    note = models.TextField(blank=True)
    payload = models.JSONField(default=dict, blank=True)
    based_on = models.ForeignKey("patterns.Revision", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    findings = models.JSONField(default=list, blank=True, help_text="what the checks said then")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="one_sending_of_a_number")]

    def __str__(self) -> str:
        return f"sending {self.number} of {self.submission_id}"


class Comment(models.Model):
    """A remark on a line, a section, a field or the whole; replies name the comment they answer as `thread`.

    `spot` is where it was written in `sending` (`patterns.review.spots`); `quote`, `alone` and `around` find the line
    again in a later one. A comment that was deleted, or taken out, keeps its place and loses its text.
    """

    submission = models.ForeignKey("patterns.Submission", on_delete=models.CASCADE, related_name="comments")
    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="comments")
    thread = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey("patterns.User", on_delete=models.PROTECT, related_name="+")
    spot = models.CharField(max_length=200)
    quote = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    around = models.CharField(max_length=64, blank=True)
    alone = models.BooleanField(default=True)
    text = models.TextField(blank=True)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    taken_out = models.BooleanField(default=False, help_text="deleted by a reviewer, because somebody flagged it")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "author", "key"], name="comment_form_once")]

    def __str__(self) -> str:
        return self.text[:60]


class SavedReason(models.Model):
    """Words a reviewer keeps to use again."""

    reviewer = models.ForeignKey("patterns.User", on_delete=models.CASCADE, related_name="saved_reasons")
    text = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Desk(models.Model):
    """What a reviewer has written about an item and not sent: it outlives a failed post, a lost session, a claim."""

    item = models.ForeignKey("patterns.ReviewItem", on_delete=models.CASCADE, related_name="desks")
    reviewer = models.ForeignKey("patterns.User", on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(blank=True)
    ready = models.JSONField(default=list, blank=True, help_text="ready-made reasons that are chosen")
    ticks = models.JSONField(default=list, blank=True)
    spot = models.CharField(max_length=220, blank=True)
    draft = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "reviewer"], name="one_desk_each")]

    def __str__(self) -> str:
        return f"{self.reviewer_id} at {self.item_id}"
