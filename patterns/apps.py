"""The library and how it grows."""

from django.apps import AppConfig


class PatternsConfig(AppConfig):
    name = "patterns"
    verbose_name = "Library"

    def ready(self) -> None:
        from patterns.checks.conduct import register_all as register_conduct
        from patterns.checks.registering import register_all
        from patterns.flags.comments import register_comments
        from patterns.flags.review_kind import register_flags
        from patterns.flags.things import register_things
        from patterns.people import allowances, counting, held
        from patterns.publishing.library_reliances import register_reliances
        from patterns.relating.checking import register_relation_checks
        from patterns.relating.review_kind import register_relations
        from patterns.review.edit_kind import register_edits
        from patterns.review.lighthouse_kind import register_lighthouses
        from patterns.review.new_pattern_kind import register_new_patterns

        allowances.check_settings()
        counting.register()
        held.register_all()
        register_all()
        register_conduct()
        register_edits()
        register_reliances()
        register_new_patterns()
        register_lighthouses()
        register_things()
        register_comments()
        register_flags()
        register_relation_checks()
        register_relations()
