"""The library and how it grows."""

from django.apps import AppConfig


class PatternsConfig(AppConfig):
    name = "patterns"
    verbose_name = "Library"

    def ready(self) -> None:
        from patterns.checks.texts import register_all
        from patterns.publishing.library_reliances import register_reliances
        from patterns.review.edit_kind import register_edits
        from patterns.review.lighthouse_kind import register_lighthouses
        from patterns.review.new_pattern_kind import register_new_patterns

        register_all()
        register_edits()
        register_reliances()
        register_new_patterns()
        register_lighthouses()
