"""Which questions the library missed although it answered: another room says which answers a person judged wrong."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from inference.models import Answer

Ids = Callable[[], QuerySet[Any]]
_found: dict[str, Ids] = {}


def register(name: str, answers: Ids) -> None:
    """Add a query for the ids of answers; call it in `AppConfig.ready()`. The same name again replaces it."""
    _found[name] = answers


def missed() -> Q:
    """The condition of an answer whose question counts as unanswered."""
    condition = Q(outcome__in=[Answer.Outcome.NONE, Answer.Outcome.NEAREST])
    for answers in _found.values():
        condition |= Q(pk__in=answers())
    return condition
