"""Public questions as people make them: offered by who asked and let through by another person, with its vector."""

import itertools

from inference.models import Answer, PublicQuestion
from inference.questions import offering
from patterns import review
from patterns.enums import Role
from patterns.models import Pattern, ReviewItem, User
from tests.factories.answers import make_answer
from tests.factories.library import make_user

_number = itertools.count(1)


def offer(
    question: str = "", text: str = "", *, cites: tuple[Pattern, ...] | None = None, by: User | None = None,
    credited: bool = False, **fields: object,
) -> PublicQuestion:  # fmt: skip
    """A question offered to everybody that no reviewer has read yet; `cites=()` for one without an answer."""
    question = question or f"What is steward ownership good for, number {next(_number)}?"
    answer = make_answer(question, text, cites=cites, asker=by, visitor="me", **fields)
    return offering.offer(answer, text=question, by=by, visitor="me", credited=credited)


def decide(question: PublicQuestion, decision: str = "accept", *, reason: str = "", kind: str = offering.KIND) -> None:
    """Another person decides on it."""
    item = ReviewItem.objects.get(kind=kind, object_id=question.pk, open=True)
    reviewer = make_user(roles=[Role.REVIEWER])
    review.decide(item, reviewer=reviewer, decision=decision, reason=reason, version=item.version)
    question.refresh_from_db()


def publish(question: str = "", text: str = "", **fields: object) -> PublicQuestion:
    """A public question; fields as in `offer`."""
    made = offer(question, text, **fields)
    decide(made)
    return made


def unanswered(question: str, *, visitor: str = "", **fields: object) -> Answer:
    """A private question the library had no answer to."""
    values = {"outcome": Answer.Outcome.NONE, "text": "", "sentences": []} | fields
    return make_answer(question, cites=(), visitor=visitor or f"visitor-{next(_number)}", **values)
