"""Passages of the library and the generation of the index they belong to."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from pgvector.django import HalfVectorField

PUBLIC = "public"


class IndexGeneration(models.Model):
    """One recipe of chunking and embedding. Searches read the live one; a change of model builds another beside it."""

    class State(models.TextChoices):
        BUILDING = "building"  # written beside the live one
        LIVE = "live"
        PREVIOUS = "previous"  # was live before this one, and can be gone back to
        REFUSED = "refused"  # failed the gate, or was taken back by hand
        RETIRED = "retired"  # holds only what answers cite

    recipe = models.CharField(max_length=200, help_text="chunking version and embedding model, in words")
    model = models.CharField(max_length=200)
    dimensions = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.BUILDING)
    live = models.BooleanField(default=False, help_text="searches read this one; says the same as its state")
    version = models.BigIntegerField(default=0, help_text="rises with every write; word snapshots read from theirs on")
    pace = models.JSONField(default=dict, blank=True, help_text="of the embedding: passages a second, left, when")
    gate = models.JSONField(default=dict, blank=True, help_text="what the comparison with the live one measured")
    said = models.TextField(blank=True, help_text="why it went live, or why not, in a sentence")
    created_at = models.DateTimeField(auto_now_add=True)
    live_at = models.DateTimeField(null=True, blank=True, help_text="when searches began to read it, the last time")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["live"], condition=models.Q(live=True), name="one_live_generation"),
            models.CheckConstraint(
                condition=models.Q(live=True, state="live") | (models.Q(live=False) & ~models.Q(state="live")),
                name="live_is_a_state",
            ),
        ]

    def __str__(self) -> str:
        return self.recipe

    def save(self, *args: Any, **options: Any) -> None:
        if self.live:
            self.state = self.State.LIVE
        super().save(*args, **options)


class IndexedRevision(models.Model):
    """Which revision of a pattern or lighthouse a generation holds; no revision: it was retired.

    `version` is the generation's at that write. One indexer writes at a time, so versions commit in order.
    """

    generation = models.ForeignKey(IndexGeneration, on_delete=models.CASCADE, related_name="indexed")
    pattern = models.ForeignKey("patterns.Pattern", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    lighthouse = models.ForeignKey(
        "patterns.Lighthouse", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    revision = models.ForeignKey("patterns.Revision", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    version = models.BigIntegerField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "pattern"], name="indexed_pattern_once"),
            models.UniqueConstraint(fields=["generation", "lighthouse"], name="indexed_lighthouse_once"),
        ]
        indexes = [models.Index(fields=["generation", "version"], name="indexed_in_order")]

    def __str__(self) -> str:
        return f"{self.key} at version {self.version}"

    @property
    def key(self) -> str:
        """`p12` or `l3`: the thing's name in the word index and the graph."""
        return f"p{self.pattern_id}" if self.pattern_id else f"l{self.lighthouse_id}"


class Passage(models.Model):
    """A piece of one revision: `start` and `end` count characters in its body, `sha256` fingerprints `text`.

    `current` passages are searched; older ones stay only while an answer cites them. `text` has its white space
    collapsed, so it need not equal the slice of the body letter by letter.
    """

    generation = models.ForeignKey(IndexGeneration, on_delete=models.CASCADE, related_name="passages")
    revision = models.ForeignKey("patterns.Revision", on_delete=models.CASCADE, related_name="passages")
    pattern = models.ForeignKey("patterns.Pattern", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    lighthouse = models.ForeignKey(
        "patterns.Lighthouse", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    corpus = models.CharField(max_length=64, default=PUBLIC, help_text="the public library or one owner's blueprint")
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=300, blank=True)
    anchor = models.CharField(max_length=300, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    embedding = HalfVectorField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True, help_text="why it has no vector, where embedding it failed")
    current = models.BooleanField(default=True)
    words = models.GeneratedField(
        expression=SearchVector("section", "text", config="english"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "revision", "position"], name="passage_once"),
        ]
        indexes = [
            models.Index(fields=["generation", "sha256"]),
            models.Index(fields=["generation", "revision"], name="passage_waiting", condition=models.Q(embedding=None)),
            GinIndex(fields=["words"], name="passage_words"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}#{self.position}"
