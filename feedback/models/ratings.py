"""What people said of answers, and what they let reviewers see of it."""

from django.db import models


class Rating(models.Model):
    """Helpful or not: one per person and answer, changeable. `snapshot` keeps what was rated.

    It is of an answer, or of a public `question`, whose copy of the answer never changes and so needs no snapshot.
    `shows` says what of it reviewers may see, by the tick of who gave it (ADR 0031).
    """

    class Shows(models.TextChoices):
        NOTHING = "", "that somebody judged, and for which of our reasons"
        WORDS = "words", "the comment as well"
        ANSWER = "answer", "the comment, and the private question with its answer: only its asker can say so"

    answer = models.ForeignKey(
        "inference.Answer", null=True, blank=True, on_delete=models.CASCADE, related_name="ratings"
    )
    question = models.ForeignKey(
        "inference.PublicQuestion", null=True, blank=True, on_delete=models.CASCADE, related_name="ratings"
    )
    rater = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    visitor = models.CharField(max_length=64, blank=True)
    helpful = models.BooleanField()
    reasons = models.JSONField(default=list, blank=True)
    comment = models.TextField(blank=True)
    shows = models.CharField(max_length=6, choices=Shows, default=Shows.NOTHING, db_default="", blank=True)
    snapshot = models.JSONField(default=dict)
    rated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "rater"], condition=models.Q(rater__isnull=False), name="one_rating_a_person"
            ),
            # Two people who deleted their accounts both leave a rating without a rater and without a visitor.
            models.UniqueConstraint(
                fields=["answer", "visitor"],
                condition=models.Q(rater__isnull=True) & ~models.Q(visitor=""),
                name="one_rating_a_visitor",
            ),
            models.UniqueConstraint(
                fields=["question", "rater"], condition=models.Q(rater__isnull=False), name="one_public_rating_a_person"
            ),
            models.UniqueConstraint(
                fields=["question", "visitor"],
                condition=models.Q(rater__isnull=True) & ~models.Q(visitor=""),
                name="one_public_rating_a_visitor",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__isnull=True) ^ models.Q(question__isnull=True), name="rating_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{'helpful' if self.helpful else 'not helpful'}: {self.answer_id or self.question}"
