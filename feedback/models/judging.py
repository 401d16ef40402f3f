"""Answers that a person should look at, and what a person said of them. No row here holds a word of an answer."""

from django.db import models


class LowAnswer(models.Model):
    """One thing of the queue: a private answer whose asker showed it, or a public one that scores low or helps few.

    Both are empty once what it stood for was forgotten.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        JUDGED = "judged"
        WITHDRAWN = "withdrawn"

    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    answer = models.ForeignKey("inference.Answer", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    question = models.ForeignKey(
        "inference.PublicQuestion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer"], condition=models.Q(state="waiting"), name="one_waiting_case_an_answer"
            ),
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(state="waiting"), name="one_waiting_case_a_question"
            ),
            models.CheckConstraint(
                condition=models.Q(answer__isnull=True) | models.Q(question__isnull=True), name="case_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"low answer {self.pk}"  # never its text: the audit log keeps names for ever


class AnswerVerdict(models.Model):
    """What a person who read an answer with its sources said of it, beside what the score said then.

    `answer` is the private answer; of a public copy, the one it was made from, as long as that is kept. The database
    refuses a verdict by who asked or rated it (migration 0004).
    """

    class Verdict(models.TextChoices):
        WRONG = "wrong"
        STANDS = "stands"

    case = models.OneToOneField(LowAnswer, on_delete=models.PROTECT, related_name="verdict")
    answer = models.ForeignKey("inference.Answer", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    question = models.ForeignKey(
        "inference.PublicQuestion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewer = models.ForeignKey("patterns.User", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=6, choices=Verdict)
    reason = models.TextField(blank=True)
    score = models.FloatField(help_text="0 to 1, as it was then")
    components = models.JSONField(help_text="{name: {value, counts}}, as they were then")
    taken_out = models.BooleanField(default=False, help_text="the public copy was taken down with it")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(score__gte=0, score__lte=1), name="score_from_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.case}"
