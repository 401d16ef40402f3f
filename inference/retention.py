"""How long questions are kept that nobody else may read: long enough to come back to, not for ever."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from inference.forgetting import forget
from inference.models import PublicQuestion, Question


def forget_visitors_questions() -> int:
    """Delete visitors' questions with their answers after `settings.QUESTIONS_KEPT_DAYS`; returns how many rows went.

    What people made of an answer (a correction, a dataset row, a public question) has copies of its own and stays.
    """
    old = timezone.now() - timedelta(days=settings.QUESTIONS_KEPT_DAYS)
    return forget(Question.objects.filter(asker=None, asked_at__lt=old))


def forget_declined_offers() -> int:
    """Delete offers that were declined `settings.DECLINED_OFFERS_KEPT_DAYS` ago; returns how many rows went."""
    old = timezone.now() - timedelta(days=settings.DECLINED_OFFERS_KEPT_DAYS)
    return PublicQuestion.objects.filter(state=PublicQuestion.State.DECLINED, decided_at__lt=old).delete()[0]
