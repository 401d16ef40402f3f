"""Rows that are proposed for the dataset, in the one review queue: curators read each before it is learnt from."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback import curation
from feedback.models import Candidate
from feedback.proposing import KIND, personal_data_in
from patterns.enums import Decision
from patterns.models import ReviewItem, User
from patterns.people import notices
from patterns.review import canned, checklists
from patterns.review.canned import Ready
from patterns.review.checklists import Question
from patterns.review.errors import NotNow
from patterns.review.kinds import QueueKind, register

State = Candidate.State
CHECKLIST = (
    Question("true", gettext_lazy("Do the passages beside it support every sentence?")),
    Question("model", gettext_lazy("Should a model answer like this?")),
    Question("nobody", gettext_lazy("Does it tell of nobody in particular?")),
    Question("licences", gettext_lazy("Do the licences of the passages allow it?")),
)
READY = (
    Ready("person", Decision.DECLINE, gettext_lazy("It tells of a person, and what is learnt cannot be unlearnt.")),
    Ready("wrong", Decision.DECLINE, gettext_lazy("The passages do not support all of the answer.")),
    Ready("thin", Decision.DECLINE, gettext_lazy("The answer is right and too thin to learn from.")),
    Ready("narrow", Decision.DECLINE, gettext_lazy("It helps only in the situation of who asked.")),
)


def describe(item: ReviewItem) -> dict[str, Any]:
    """The context of `feedback/_review_training_row.html`. Two queries."""
    rows = Candidate.objects.select_related("public_question__offered_by")
    candidate = rows.defer("public_question__words", "public_question__embedding").get(pk=item.object_id)
    licences = dict(candidate.revisions.values_list("pk", "license"))
    return {
        "candidate": candidate,
        "asked": candidate.public_question,
        "gone": not candidate.question,
        "author": curation.author_of(candidate),
        "evidence": [{**one, "license": licences.get(one["revision_id"], "")} for one in candidate.evidence],
        "personal_data": personal_data_in(candidate),
    }


def decide(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> None:
    """Let the row into the next release, or keep it out of all of them."""
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=item.object_id)
    if candidate.state != State.PROPOSED:
        raise NotNow(_("It has been taken back, so there is nothing to decide any more."))
    if decision is Decision.ACCEPT:
        curation.accept(candidate, reviewer=reviewer)
    else:
        curation.reject(candidate, reviewer=reviewer, reason=reason)
        where = reverse("offered_question", args=[candidate.public_question.token])
        notices.notify(candidate.author, kind="row_declined", url=where, actor=reviewer, title=reason)


def register_training_rows() -> None:
    register(
        QueueKind(
            name=KIND, label=gettext_lazy("row for the dataset"), template="feedback/_review_training_row.html",
            decide=decide, describe=describe, decisions=(Decision.ACCEPT, Decision.DECLINE), curators=True,
        )
    )  # fmt: skip
    checklists.register(KIND, *CHECKLIST)
    canned.register(KIND, *READY)
