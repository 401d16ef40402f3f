"""What joins patterns to each other, to the places that use them, and to the situations they suit."""

from django.db import models
from django.urls import reverse

from patterns.enums import Provenance, PublicationState, RelationKind, RelationState, SuitabilityAxis


class Relation(models.Model):
    """A typed edge `source —kind→ target`, with where it was written and how far it is trusted.

    A kind that the file format does not know yet is kept as written.

    An end that names nothing (yet) keeps its reference as written and resolves later. `stands_at` is the place
    in its file (`relationships.enables[0]`, `relationships_approved.json[12]`), so a re-import finds it again.
    """

    library = models.ForeignKey("patterns.Library", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(
        "patterns.Pattern", null=True, blank=True, on_delete=models.CASCADE, related_name="relations_out"
    )
    source_ref = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=60, choices=RelationKind)
    target = models.ForeignKey(
        "patterns.Pattern", null=True, blank=True, on_delete=models.SET_NULL, related_name="relations_in"
    )
    target_ref = models.CharField(max_length=300, blank=True)
    weight = models.FloatField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    provenance = models.CharField(max_length=10, choices=Provenance)
    state = models.CharField(max_length=10, choices=RelationState, default=RelationState.SUGGESTED)
    stands_at = models.CharField(max_length=200, blank=True)
    raw = models.JSONField(null=True, blank=True, help_text="the reference as written")
    suggested_by = models.ForeignKey(
        "patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="a person, if any"
    )
    decided_by = models.ForeignKey("patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["source", "state"]),
            models.Index(fields=["target", "state"]),
            models.Index(fields=["target_ref"], name="relation_unresolved", condition=models.Q(target=None)),
            models.Index(
                fields=["kind", "id"], name="relation_waiting", condition=models.Q(state=RelationState.SUGGESTED)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(suggested_by=None)
                | (models.Q(decided_by=None) & ~models.Q(state=RelationState.APPROVED))
                | (models.Q(decided_by__isnull=False) & ~models.Q(decided_by=models.F("suggested_by"))),
                name="relation_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_ref or self.source_id} {self.kind} {self.target_ref or self.target_id}"


class Lighthouse(models.Model):
    """A real organisation, city or community that patterns are used in."""

    library = models.ForeignKey("patterns.Library", on_delete=models.PROTECT, related_name="lighthouses")
    slug = models.CharField(max_length=200, unique=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=60, blank=True)
    tagline = models.TextField(blank=True)
    description = models.TextField(blank=True)
    country = models.CharField(max_length=120, blank=True)
    sector = models.CharField(max_length=120, blank=True)
    founded = models.CharField(max_length=60, blank=True)
    current = models.ForeignKey("patterns.Revision", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=PublicationState, default=PublicationState.PUBLISHED)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lighthouse", args=[self.slug])


class Adoption(models.Model):
    """A lighthouse says that it uses a pattern; `reference` is the title it wrote, `line` where its file says so."""

    lighthouse = models.ForeignKey(Lighthouse, on_delete=models.CASCADE, related_name="adoptions")
    pattern = models.ForeignKey(
        "patterns.Pattern", null=True, blank=True, on_delete=models.SET_NULL, related_name="adoptions"
    )
    reference = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["lighthouse", "position"], name="adoption_once")]

    def __str__(self) -> str:
        return f"{self.lighthouse_id} uses {self.reference}"


class Suitability(models.Model):
    """How well a pattern suits an archetype, a stage or a sector (0 to 1, or a word such as `core`), and why."""

    library = models.ForeignKey("patterns.Library", on_delete=models.CASCADE, related_name="+")
    pattern = models.ForeignKey(
        "patterns.Pattern", null=True, blank=True, on_delete=models.CASCADE, related_name="suitabilities"
    )
    pattern_ref = models.CharField(max_length=300)
    axis = models.CharField(max_length=10, choices=SuitabilityAxis)
    name = models.CharField(max_length=160)
    score = models.FloatField(null=True, blank=True)
    level = models.CharField(max_length=60, blank=True)
    rationale = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["axis", "name", "-score"]), models.Index(fields=["pattern", "axis"])]

    def __str__(self) -> str:
        return f"{self.pattern_ref} suits {self.name}"
