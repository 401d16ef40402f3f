"""The library and how it grows."""

from django.apps import AppConfig


class PatternsConfig(AppConfig):
    name = "patterns"
    verbose_name = "Library"

    def ready(self) -> None:
        from patterns.checks.texts import register_all
        from patterns.people import held
        from patterns.review.edit_kind import register_edits

        held.register_all()
        register_all()
        register_edits()
