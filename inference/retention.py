"""How long questions of people without an account are kept: long enough to come back to, not for ever."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from inference.models import Question


def forget_visitors_questions() -> int:
    """Delete visitors' questions with their answers after `settings.QUESTIONS_KEPT_DAYS`; returns how many rows went.

    What people made of an answer (a correction, a dataset row) has copies of its own and stays.
    """
    old = timezone.now() - timedelta(days=settings.QUESTIONS_KEPT_DAYS)
    return Question.objects.filter(asker=None, asked_at__lt=old).delete()[0]
