"""A pattern and its immutable revisions; everything that cites a pattern cites a revision."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse

from patterns.enums import LibraryOrigin, PublicationState, Tier


class Pattern(models.Model):
    """Identity, facets copied from the current revision, and publication state.

    `uid` is the file's own id; libraries share some, so it is not unique. `slug` is unique on this site;
    `file_slug` is what the file calls itself when that differs (a clash with another library). `merged_into` is the
    pattern this one became part of: it is retired then, and its address leads there.
    """

    library = models.ForeignKey("patterns.Library", on_delete=models.PROTECT, related_name="patterns")
    uid = models.CharField(max_length=120, db_index=True, blank=True)
    nested_uids = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    slug = models.CharField(max_length=200, unique=True)
    file_slug = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    aliases = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    summary = models.TextField(blank=True)
    current = models.ForeignKey("patterns.Revision", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=PublicationState, default=PublicationState.PUBLISHED)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_here", editable=False
    )
    tier = models.CharField(max_length=8, choices=Tier, default=Tier.BRONZE)
    stars = models.PositiveSmallIntegerField(default=1, help_text="confidence, one to three")
    domain = models.CharField(max_length=120, blank=True)
    categories = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    commons_domains = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    lifecycle_status = models.CharField(max_length=60, blank=True)
    universality = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "title"]),
            models.Index(fields=["state", "domain", "title"]),
            models.Index(fields=["state", "lifecycle_status"]),
            GinIndex(fields=["categories"]),
            GinIndex(fields=["commons_domains"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into=None)
                | models.Q(state=PublicationState.RETIRED) & ~models.Q(merged_into=models.F("id")),
                name="merged_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pattern", args=[self.slug])


class MovedSlug(models.Model):
    """A slug a pattern had before; its address redirects."""

    slug = models.CharField(max_length=200, unique=True)
    pattern = models.ForeignKey(Pattern, on_delete=models.CASCADE, related_name="moved_slugs")
    moved_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class MovedLighthouse(models.Model):
    """A slug a lighthouse had before; its address redirects."""

    slug = models.CharField(max_length=200, unique=True)
    lighthouse = models.ForeignKey("patterns.Lighthouse", on_delete=models.CASCADE, related_name="moved_slugs")
    moved_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class Revision(models.Model):
    """An immutable snapshot of one pattern or one lighthouse; the database refuses changes to its text.

    `source` is the whole file as text; `body_start` is the character where the body begins, and every
    section, passage and citation offset counts characters from there.
    """

    pattern = models.ForeignKey(Pattern, null=True, blank=True, on_delete=models.CASCADE, related_name="revisions")
    lighthouse = models.ForeignKey(
        "patterns.Lighthouse", null=True, blank=True, on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    source = models.TextField()
    body_start = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, help_text="of the file's bytes")
    front = models.JSONField(default=dict, help_text="the parsed front matter")
    author = models.ForeignKey(
        "patterns.User", null=True, blank=True, on_delete=models.PROTECT, related_name="revisions"
    )
    author_name = models.CharField(max_length=300, blank=True, help_text="credit as the file or the profile gives it")
    origin = models.CharField(max_length=20, choices=LibraryOrigin)
    license = models.CharField(max_length=80, blank=True)
    attribution = models.TextField(blank=True)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pattern__isnull=True) ^ models.Q(lighthouse__isnull=True),
                name="revision_of_one_thing",
            ),
            models.UniqueConstraint(fields=["pattern", "number"], name="revision_number_of_pattern"),
            models.UniqueConstraint(fields=["lighthouse", "number"], name="revision_number_of_lighthouse"),
        ]

    def __str__(self) -> str:
        return f"{self.title} r{self.number}"

    def get_absolute_url(self) -> str:
        if self.pattern_id:
            return reverse("pattern_revision", args=[self.pattern.slug, self.number])
        return reverse("lighthouse_revision", args=[self.lighthouse.slug, self.number])

    @property
    def body(self) -> str:
        return self.source[self.body_start :]


class Rendering(models.Model):
    """The cleaned HTML of a revision, kept because a long body takes longer to render than to read. Rebuildable."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, primary_key=True, related_name="rendering")
    version = models.PositiveSmallIntegerField(help_text="of the renderer; older copies are made anew")
    html = models.TextField()
    sections = models.JSONField(default=list, help_text="[{title, anchor, level, start, end}]")

    def __str__(self) -> str:
        return f"rendering of {self.revision_id}"
