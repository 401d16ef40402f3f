"""From a question to a cited answer."""

from django.apps import AppConfig


class InferenceConfig(AppConfig):
    name = "inference"
    verbose_name = "Answers"

    def ready(self) -> None:
        from inference import diagnosis, holdings
        from inference.questions.review_kind import register_questions
        from inference.questions.sitemap import register_section
        from inference.titles import suggesting
        from inference.wanted.review_kind import register_topics
        from patterns import nearest

        diagnosis.register()
        nearest.register(suggesting.near)
        register_questions()
        register_topics()
        register_section()
        holdings.register_holdings()
