"""Corrections in the one review queue: what the reviewer sees, and what an accepted one becomes."""

from typing import Any

from django.utils.translation import gettext_lazy

from feedback import curation
from patterns import submissions
from patterns.checks import keeping
from patterns.diffs import diff_lines
from patterns.enums import Decision, SubmissionKind
from patterns.models import ReviewItem, Submission, User
from patterns.review.kinds import QueueKind, register


def describe(item: ReviewItem) -> dict[str, Any]:
    """The context of `feedback/_review_correction.html`. Three queries."""
    submission = Submission.objects.select_related("author").get(pk=item.object_id)
    given = submission.payload
    return {
        "submission": submission,
        "question": given["question"],
        "original": given["original"],
        "corrected": submission.text,
        "lines": diff_lines(given["original"], submission.text),
        "note": submission.note,
        "evidence": given["evidence"],
        "consent": given["consent"],
        "findings": keeping.findings_of(submission),
        "events": submission.events.select_related("actor"),
    }


def decide(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> None:
    """Settle the submission; an accepted correction becomes a row of the next dataset, in the same transaction."""
    submission = submissions.settle(item, decision, reviewer=reviewer, reason=reason)
    if decision is Decision.ACCEPT:
        curation.accept_correction(submission, reviewer=reviewer)


def register_corrections() -> None:
    register(
        QueueKind(
            name=SubmissionKind.CORRECTION,
            label=gettext_lazy("correction of an answer"),
            template="feedback/_review_correction.html",
            decide=decide,
            describe=describe,
            # A correction is short: whoever would change it writes another one.
            decisions=(Decision.ACCEPT, Decision.DECLINE),
            claimed=submissions.take_up,
        )
    )
