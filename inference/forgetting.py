"""The one way in which private questions are deleted with their answers: whoever follows them is told before."""

from django.db import transaction
from django.db.models import QuerySet

from inference.followers import followers
from inference.models import Question


def forget(questions: QuerySet[Question]) -> int:
    """Delete them, all or none; returns how many rows went."""
    with transaction.atomic():
        for one in followers():
            one.forgetting(questions)
        return questions.delete()[0]
