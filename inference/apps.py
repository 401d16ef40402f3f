"""From a question to a cited answer."""

from django.apps import AppConfig


class InferenceConfig(AppConfig):
    name = "inference"
    verbose_name = "Answers"

    def ready(self) -> None:
        from inference import diagnosis, holdings
        from inference.flagging import register_flagging
        from inference.proposals.duplicates import register_duplicates
        from inference.proposals.offering import offers
        from inference.questions.review_kind import register_questions
        from inference.questions.sitemap import register_section
        from inference.reliance import register_reliances
        from inference.retrieval import alike
        from inference.titles import suggesting
        from inference.wanted.review_kind import register_topics
        from patterns.naming import nearest
        from patterns.relating import offered

        alike.register()
        diagnosis.register()
        nearest.register(suggesting.near)
        offered.register(offers)
        register_duplicates()
        register_questions()
        register_topics()
        register_section()
        register_reliances()
        register_flagging()
        holdings.register_holdings()
