"""What may become training material, the releases cut from it, and the runs that train on them."""

from django.db import models


class Candidate(models.Model):
    """A row that may enter a dataset: accepted only by a person, and never by its author. Says whose consent it has."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"  # its asker took the question back before anybody decided

    task = models.CharField(max_length=40, default="question-answering")
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    question = models.TextField()
    answer_text = models.TextField()
    rejected_text = models.TextField(
        blank=True, help_text="the answer that was corrected: the lesser of a preference pair"
    )
    answer = models.ForeignKey("inference.Answer", null=True, on_delete=models.SET_NULL, related_name="+")
    submission = models.OneToOneField(
        "patterns.Submission", null=True, blank=True, on_delete=models.PROTECT, related_name="candidate"
    )
    public_question = models.OneToOneField(
        "inference.PublicQuestion", null=True, blank=True, on_delete=models.PROTECT, related_name="candidate"
    )
    revisions = models.ManyToManyField("patterns.Revision", related_name="+")
    evidence = models.JSONField(
        default=list, help_text="[{slug, revision, section, sha256, text}] shown with the question"
    )
    license = models.CharField(max_length=80)
    consent = models.CharField(max_length=200, help_text="in words: who agreed to what, when")
    author = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, db_default="", help_text="why it was rejected")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(reviewer__isnull=False), name="accepted_by_a_person"
            ),
            models.CheckConstraint(
                condition=models.Q(author__isnull=True) | ~models.Q(author=models.F("reviewer")),
                name="candidate_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"dataset row {self.pk}"  # never its text: the audit log keeps names for ever


class Release(models.Model):
    """A dataset cut from the accepted candidates: deterministic, so its name is the hash of its content."""

    version = models.PositiveIntegerField(unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    manifest = models.JSONField()
    rows = models.PositiveIntegerField()
    made_by = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"release {self.version}"


class TrainingRun(models.Model):
    """A release waiting for, or taken by, a trainer on the `retraining` queue."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    note = models.TextField(blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"training on {self.release_id}: {self.state}"
