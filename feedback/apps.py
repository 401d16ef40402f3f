"""Ratings, corrections, judged answers, curation and dataset releases."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Feedback"

    def ready(self) -> None:
        from feedback import proposing
        from feedback.holdings import register_holdings
        from feedback.judging import cases
        from feedback.judging.review_kind import register_low_answers
        from feedback.judging.verdicts import wrong_answers
        from feedback.review_kind import register_corrections
        from feedback.screening.registering import register_screening
        from feedback.training_kind import register_training_rows
        from inference import followers
        from inference.wanted import missed

        register_holdings()
        register_corrections()
        register_low_answers()
        register_training_rows()
        register_screening()
        followers.register(
            followers.Follower("judging", cases.published, ended=cases.ended, forgetting=cases.forgetting)
        )
        followers.register(followers.Follower("dataset", proposing.propose, ended=proposing.take_back))
        missed.register("judged wrong", wrong_answers)
