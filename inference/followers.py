"""Tells upper rooms what becomes of questions, which this room does not know: made public, taken away, forgotten.

Whatever a follower does happens in the transaction of what it is told of, and takes it back when it fails.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from inference.models import PublicQuestion, Question


def _nothing(_subject: object) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Follower:
    """What one room does: when a question became public; when one was taken back or out, whose text is deleted in the
    same act; and before private questions are deleted with their answers.
    """

    name: str
    published: Callable[[PublicQuestion], object] = _nothing
    ended: Callable[[PublicQuestion], object] = _nothing
    forgetting: Callable[[QuerySet[Question]], object] = _nothing


_followers: dict[str, Follower] = {}


def register(follower: Follower) -> None:
    """Add a follower; call it in `AppConfig.ready()`. The same name again replaces it."""
    _followers[follower.name] = follower


def followers() -> tuple[Follower, ...]:
    """All of them, in the order of registration."""
    return tuple(_followers.values())
