"""Where patterns come from: a library, and each file it brought that no revision holds."""

from django.db import models

from patterns.enums import LibraryOrigin


class Library(models.Model):
    """A body of patterns with one origin, licence and attribution."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    origin = models.CharField(max_length=20, choices=LibraryOrigin)
    source = models.TextField(blank=True, help_text="the folder name or git address it was imported from")
    license = models.CharField(max_length=80, blank=True)
    attribution = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "libraries"

    def __str__(self) -> str:
        return self.title


class SourceFile(models.Model):
    """One file of an imported library as last read: makes imports incremental and exports exact.

    `raw` keeps the bytes of files that no revision holds (context files, files that could not be read).
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="files")
    path = models.TextField()
    sha256 = models.CharField(max_length=64)
    raw = models.BinaryField(null=True, blank=True)
    problems = models.JSONField(default=list, blank=True, help_text="[{line, reason}]")
    pattern = models.ForeignKey("patterns.Pattern", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    lighthouse = models.ForeignKey(
        "patterns.Lighthouse", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library", "path"], name="source_file_once")]

    def __str__(self) -> str:
        return self.path
