"""New patterns in the review queue: how the text reads, what the checks say, what else is open, and publishing it."""

from typing import Any

from django.utils.translation import gettext_lazy

from patterns import publishing, rendering, submissions
from patterns.checks import keeping
from patterns.enums import Decision, SubmissionKind
from patterns.format import parse
from patterns.models import ReviewItem, Submission, User
from patterns.queries.submissions import as_sent, others_open
from patterns.review.errors import NotNow
from patterns.review.kinds import QueueKind, register
from patterns.writing.fields import values_of
from patterns.writing.fieldsets import PATTERN


def describe(item: ReviewItem) -> dict[str, Any]:
    """The context of the queue's page for a new pattern."""
    submission = as_sent(Submission.objects.select_related("author", "pattern").get(pk=item.object_id))
    document = parse(submission.text)
    values = values_of(document.front, PATTERN)
    return {
        "submission": submission,
        "document": document,
        "facts": [(field, values[field.name]) for field in PATTERN if values[field.name] and field.name != "title"],
        "rendered": rendering.render(document.body, title=document.title),
        "findings": keeping.findings_of(submission),
        "others": others_open(submission),
        "events": submission.events.select_related("actor"),
    }


def decide(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> None:
    """Settle the submission; an accepted pattern is published, with its author's name."""
    submission = submissions.settle(item, decision, reviewer=reviewer, reason=reason)
    if decision is not Decision.ACCEPT:
        return
    try:
        submission.pattern = publishing.publish_new(
            source=submission.text, author=submission.author, message=submission.note, by=reviewer
        )
    except publishing.Unpublishable as problem:
        raise NotNow(str(problem)) from problem
    submission.save(update_fields=["pattern"])


def register_new_patterns() -> None:
    register(
        QueueKind(
            name=SubmissionKind.NEW_PATTERN,
            label=gettext_lazy("new pattern"),
            template="patterns/_review_new.html",
            decide=decide,
            describe=describe,
            claimed=submissions.take_up,
        )
    )
