"""Ratings, corrections, curation and dataset releases."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Feedback"

    def ready(self) -> None:
        from feedback.holdings import register_holdings
        from feedback.review_kind import register_corrections
        from feedback.screening.registering import register_screening

        register_holdings()
        register_corrections()
        register_screening()
