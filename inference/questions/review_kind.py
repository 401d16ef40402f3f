"""Offered and reported questions in the one review queue: what the reviewer sees, and what a decision does.

When an item is decided its title becomes a neutral one, because the audit log keeps titles for ever and the text of a
question that was declined or taken back has no business there.
"""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inference.models import PublicQuestion
from inference.questions import offering, reading
from inference.questions.offering import KIND, REPORTED, State
from patterns.enums import Decision
from patterns.models import ReviewItem, User
from patterns.people import notices
from patterns.review.errors import NotNow, OwnWork
from patterns.review.kinds import QueueKind, register

BOTH = (Decision.ACCEPT, Decision.DECLINE)


def describe(item: ReviewItem) -> dict[str, Any]:
    """The context of `inference/_questions_review.html`. Two queries."""
    question = PublicQuestion.objects.select_related("offered_by", "about").get(pk=item.object_id)
    return {
        **reading.shown(question),
        "reported": item.kind == REPORTED,
        "personal_data": offering.personal_data_in(question),
    }


def decide(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> None:  # noqa: ARG001
    """Publish an offered question, or decline it with a reason that its asker reads."""
    question = _locked(item)
    if question.state != State.OFFERED:
        raise NotNow(_("It has been taken back, so there is nothing to decide any more."))
    # Without its words: a question that is taken back must not live on among somebody's notices.
    notices.notify(question.offered_by, kind="question_public", url=reverse("offered_question", args=[question.token]))
    if decision is Decision.ACCEPT:
        offering.publish(question)
        return
    question.state, question.reason, question.decided_at = State.DECLINED, reason, timezone.now()
    question.save()


def decide_report(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> None:
    """Accepting a report takes the question out; declining it leaves it where it is."""
    question = _locked(item)
    if question.offered_by_id == reviewer.pk:
        raise OwnWork
    if decision is Decision.ACCEPT and question.state == State.PUBLISHED:
        offering.end(question, State.REMOVED, reason=reason)


def register_questions() -> None:
    """Add both kinds to the queue."""
    template = "inference/_questions_review.html"
    register(
        QueueKind(
            name=KIND, label=gettext_lazy("question for everybody"), template=template, decide=decide,
            describe=describe, decisions=BOTH,
        )
    )  # fmt: skip
    register(
        QueueKind(
            name=REPORTED, label=gettext_lazy("reported question"), template=template, decide=decide_report,
            describe=describe, decisions=BOTH,
        )
    )  # fmt: skip


def _locked(item: ReviewItem) -> PublicQuestion:
    question = PublicQuestion.objects.select_for_update(of=("self",)).get(pk=item.object_id)
    item.title = str(question)
    item.save(update_fields=["title"])
    return question
