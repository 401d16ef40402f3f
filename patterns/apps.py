"""The library and how it grows."""

from django.apps import AppConfig


class PatternsConfig(AppConfig):
    name = "patterns"
    verbose_name = "Library"

    def ready(self) -> None:
        from patterns.checks.texts import register_all
        from patterns.relating.checking import register_relation_checks
        from patterns.relating.review_kind import register_relations
        from patterns.review.edit_kind import register_edits

        register_all()
        register_relation_checks()
        register_edits()
        register_relations()
