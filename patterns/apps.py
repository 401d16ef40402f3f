"""The library and how it grows."""

from django.apps import AppConfig


class PatternsConfig(AppConfig):
    name = "patterns"
    verbose_name = "Library"

    def ready(self) -> None:
        from patterns.checks.registering import register_all
        from patterns.review.edit_kind import register_edits

        register_all()
        register_edits()
