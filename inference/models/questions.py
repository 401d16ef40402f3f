"""Questions their askers gave to everybody, and what people ask that the library cannot answer yet.

A public question is a copy: what was consented to stays as it was when the private question has long been forgotten.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from inference.models.answers import Answer, Question, new_public_id


class WantedTopic(models.Model):
    """Unanswered questions that mean about the same. Nobody sees it until a person let its label through, or until a
    question of it is public itself (see ADR 0021).

    `label` is made of words that several askers share; `nearest` are ids of the patterns that come closest.
    """

    class State(models.TextChoices):
        GATHERING = "gathering", _("gathering")
        PROPOSED = "proposed", _("proposed")
        SHOWN = "shown", _("shown")
        DECLINED = "declined", _("declined")

    state = models.CharField(max_length=10, choices=State, default=State.GATHERING)
    label = models.CharField(max_length=200, blank=True)
    askers = models.PositiveIntegerField(default=0, help_text="how many different people asked")
    kept = models.PositiveIntegerField(default=0, help_text="how many private questions it held when it was counted")
    centre = HalfVectorField(null=True, blank=True)
    embedder = models.CharField(max_length=200)
    nearest = ArrayField(models.BigIntegerField(), default=list, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"wanted topic {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("wanted_one", args=[str(self.pk)])


class UnansweredQuestion(models.Model):
    """A private question the library could not answer, counted in a topic as long as the question is kept."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="unanswered")
    topic = models.ForeignKey(WantedTopic, on_delete=models.CASCADE, related_name="asked")
    embedding = HalfVectorField()

    def __str__(self) -> str:
        return f"unanswered question {self.question_id}"


class PublicQuestion(models.Model):
    """A question with a copy of its answer, offered by its asker; public once another person accepted it.

    `token` is the private address of the offer. `sentences` are as in `Answer`; nothing of them changes later.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("waits for a reviewer")
        PUBLISHED = "published", _("public")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")
        REMOVED = "removed", _("taken out by reviewers")

    token = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="offers")
    offered_by = models.ForeignKey(
        "patterns.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="offered_questions"
    )
    visitor = models.CharField(max_length=64, blank=True)
    credited = models.BooleanField(default=False, help_text="the name of who offered it is shown")
    text = models.TextField()
    about = models.ForeignKey("patterns.Pattern", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=8, choices=Answer.Outcome)
    answer_text = models.TextField(blank=True, help_text="the sentences in one text, to be searched")
    sentences = models.JSONField(default=list, blank=True)
    generator = models.CharField(max_length=120, blank=True)
    tier = models.PositiveSmallIntegerField(default=1)
    license = models.CharField(max_length=40)
    training = models.BooleanField(
        default=False, db_default=False, help_text="its asker lets it stand in datasets and train models"
    )
    reason = models.TextField(blank=True, help_text="why it was declined or taken out")
    answered_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when it was taken back or out")
    topic = models.ForeignKey(WantedTopic, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    embedding = HalfVectorField(null=True, blank=True)
    embedder = models.CharField(max_length=200, blank=True)
    words = models.GeneratedField(
        expression=SearchVector("text", weight="A", config="english")
        + SearchVector("answer_text", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer"], condition=models.Q(state__in=["offered", "published"]), name="one_live_offer"
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at"], name="public_newest", condition=models.Q(state="published")),
            GinIndex(fields=["words"], name="public_question_words"),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"  # never its text: the audit log keeps names for ever

    def get_absolute_url(self) -> str:
        return reverse("question", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """The words of its address."""
        return slugify(self.text, allow_unicode=True)[:70].strip("-") or "question"

    @property
    def answered(self) -> bool:
        return self.outcome == Answer.Outcome.ANSWER

    @property
    def credit(self) -> str:
        """The name to show, where its owner wished it and still has an account."""
        by = self.offered_by
        return by.public_name if self.credited and by is not None and by.is_active else ""


class PublicSource(models.Model):
    """`[number]` in a public answer: the passage as it was cited, at its revision."""

    question = models.ForeignKey(PublicQuestion, on_delete=models.CASCADE, related_name="sources")
    number = models.PositiveSmallIntegerField()
    revision = models.ForeignKey("patterns.Revision", on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=300, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    quote = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="public_source_once")]

    def __str__(self) -> str:
        return f"[{self.number}] of question {self.question_id}"

    def get_absolute_url(self) -> str:
        place = f"?start={self.start}&end={self.end}#passage" if self.end > self.start else ""
        return f"{self.revision.get_absolute_url()}{place}"
