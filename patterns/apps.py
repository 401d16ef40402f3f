"""The library and how it grows."""

from django.apps import AppConfig


class PatternsConfig(AppConfig):
    name = "patterns"
    verbose_name = "Library"

    def ready(self) -> None:
        from patterns.checks.texts import register_all
        from patterns.publishing.library_reliances import register_reliances
        from patterns.review.edit_kind import register_edits

        register_all()
        register_edits()
        register_reliances()
