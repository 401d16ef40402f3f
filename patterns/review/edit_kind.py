"""Edits in the review queue: show what would change, carry it over to what the pattern says by now, publish it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns import publishing, submissions
from patterns.checks import keeping
from patterns.enums import Decision, PublicationState, SubmissionKind
from patterns.models import Pattern, ReviewItem, Submission, User
from patterns.queries.submissions import as_sent
from patterns.review.carrying_over import carried_over, changes_of, is_stale, places
from patterns.review.errors import NotNow
from patterns.review.kinds import QueueKind, register


def describe(item: ReviewItem) -> dict[str, Any]:
    """The context of the queue's page for an edit."""
    rows = Submission.objects.select_related("author", "pattern__current", "based_on")
    submission = as_sent(rows.get(pk=item.object_id))
    stale = is_stale(submission)
    events = list(submission.events.select_related("actor"))
    return {
        "submission": submission,
        "changes": changes_of(submission),
        "findings": keeping.findings_of(submission),
        "stale": stale,
        "conflicts": carried_over(submission).conflicts if stale else (),
        "events": events,
    }


def decide(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> None:
    """Settle the submission; an accepted edit is published, with its author's name."""
    if decision is Decision.ACCEPT:
        Pattern.objects.select_for_update().get(pk=_pattern_of(item))
    submission = submissions.settle(item, decision, reviewer=reviewer, reason=reason)
    if decision is not Decision.ACCEPT:
        return
    if submission.pattern.merged_into is not None:
        raise NotNow(
            _("The pattern became part of “%(title)s”. Decline the edit and ask its author to suggest it there.")
            % {"title": submission.pattern.merged_into.title}
        )
    if submission.pattern.state != PublicationState.PUBLISHED:
        raise NotNow(
            _("The pattern has been taken out of the library. Decline the edit, or restore the pattern first.")
        )
    merged = carried_over(submission)
    if merged.conflicts:
        raise NotNow(
            _("The pattern has changed since, in the same place: %(where)s. Ask the author for changes.")
            % {"where": places(merged)}
        )
    try:
        publishing.publish(
            submission.pattern, source=merged.text, author=submission.author, message=submission.note,
            based_on=submission.based_on, by=reviewer,
        )  # fmt: skip
    except publishing.Unpublishable as problem:
        raise NotNow(str(problem)) from problem


def register_edits() -> None:
    register(
        QueueKind(
            name=SubmissionKind.EDIT,
            label=gettext_lazy("edit of a pattern"),
            template="patterns/_review_edit.html",
            decide=decide,
            describe=describe,
            claimed=submissions.take_up,
        )
    )


def _pattern_of(item: ReviewItem) -> int:
    return Submission.objects.values_list("pattern_id", flat=True).get(pk=item.object_id)
