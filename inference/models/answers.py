"""Questions, their answers, and the passages that prove them."""

import secrets

from django.db import models
from django.urls import reverse


def new_public_id() -> str:
    """An address nobody can guess: answers are private to those who have their link."""
    return secrets.token_urlsafe(16)


class Question(models.Model):
    """What somebody asked. `visitor` is a signed session's random id, never an address."""

    text = models.TextField()
    asker = models.ForeignKey(
        "patterns.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="questions"
    )
    visitor = models.CharField(max_length=64, blank=True, db_index=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups")
    about = models.ForeignKey("patterns.Pattern", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(
        max_length=64, null=True, blank=True, unique=True, help_text="makes a form sent twice one question"
    )
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text[:80]


class Answer(models.Model):
    """The one answer of a question, from pending to its end. PostgreSQL is the truth; the token stream is only a wire.

    `sentences` is `[{text, citations: [number], support: supported|weak|unsupported}]`; `route` is
    `{kind, reason, entities, complexity}`; `steps` is what the visitor saw happen.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    class Outcome(models.TextChoices):
        ANSWER = "answer"
        NEAREST = "nearest"
        NONE = "none"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="answer")
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    route = models.JSONField(default=dict, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    text = models.TextField(blank=True)
    sentences = models.JSONField(default=list, blank=True)
    nearest = models.JSONField(default=list, blank=True, help_text="[{slug, title, summary}] when there is no answer")
    tier = models.PositiveSmallIntegerField(default=1)
    generator = models.CharField(max_length=120, blank=True)
    model = models.ForeignKey(
        "inference.LanguageModel", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    prompt_sha256 = models.CharField(max_length=64, blank=True)
    generation = models.ForeignKey(
        "inference.IndexGeneration", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    timings = models.JSONField(default=dict, blank=True, help_text="milliseconds by step")
    error = models.TextField(blank=True, help_text="a sentence the asker may read")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["heartbeat_at"], name="answer_unfinished", condition=models.Q(state__in=["pending", "running"])
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("answer", args=[self.public_id])

    @property
    def finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED, self.State.STOPPED}


class Citation(models.Model):
    """`[number]` in an answer: a passage at its revision, with offsets and hash copied so that it stays provable."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="citations")
    number = models.PositiveSmallIntegerField()
    passage = models.ForeignKey("inference.Passage", null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.ForeignKey("patterns.Revision", on_delete=models.PROTECT, related_name="+")
    relation = models.ForeignKey(
        "patterns.Relation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    section = models.CharField(max_length=300, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    quote = models.TextField(help_text="the passage's text as it was cited")
    why = models.JSONField(default=list, blank=True, help_text="why it was found, in words")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="citation_number_once")]

    def __str__(self) -> str:
        return f"[{self.number}] of {self.answer_id}"

    def get_absolute_url(self) -> str:
        place = f"?start={self.start}&end={self.end}#passage" if self.end > self.start else ""
        return f"{self.revision.get_absolute_url()}{place}"
