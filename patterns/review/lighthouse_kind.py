"""Lighthouses in the review queue: a new one as it reads, or what changes in one; merged with what it says by now."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns import publishing, rendering, submissions
from patterns.checks import keeping
from patterns.enums import Decision, PublicationState, SubmissionKind
from patterns.format import parse
from patterns.lighthouses.publishing import publish_lighthouse, publish_new_lighthouse
from patterns.models import Lighthouse, ReviewItem, Submission, User
from patterns.queries.submissions import as_sent, others_open
from patterns.review.carrying_over import carried_over, changes_of, is_stale, places
from patterns.review.errors import NotNow
from patterns.review.kinds import QueueKind, register
from patterns.writing.fields import values_of
from patterns.writing.fieldsets import LIGHTHOUSE


def describe(item: ReviewItem) -> dict[str, Any]:
    """The context of the queue's page for a lighthouse."""
    rows = Submission.objects.select_related("author", "lighthouse__current", "based_on")
    submission = as_sent(rows.get(pk=item.object_id))
    document = parse(submission.text)
    values = values_of(document.front, LIGHTHOUSE)
    edited = submission.based_on is not None
    stale = edited and is_stale(submission)
    return {
        "submission": submission,
        "document": document,
        "facts": [(field, values[field.name]) for field in LIGHTHOUSE if values[field.name] and field.name != "title"],
        "rendered": rendering.render(document.body, title=document.title),
        "changes": changes_of(submission) if edited else None,
        "stale": stale,
        "conflicts": carried_over(submission).conflicts if stale else (),
        "findings": keeping.findings_of(submission),
        "others": others_open(submission),
        "events": submission.events.select_related("actor"),
    }


def decide(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> None:
    """Settle the submission; an accepted lighthouse is published, with its author's name."""
    if decision is Decision.ACCEPT:
        about = Submission.objects.values_list("lighthouse_id", flat=True).get(pk=item.object_id)
        Lighthouse.objects.select_for_update().filter(pk=about).first()
    submission = submissions.settle(item, decision, reviewer=reviewer, reason=reason)
    if decision is not Decision.ACCEPT:
        return
    credit = {"author": submission.author, "by": reviewer, "message": submission.note}
    try:
        if submission.lighthouse is None:
            submission.lighthouse = publish_new_lighthouse(source=submission.text, **credit)
            submission.save(update_fields=["lighthouse"])
        else:
            publish_lighthouse(submission.lighthouse, source=_settled_text(submission), **credit)
    except publishing.Unpublishable as problem:
        raise NotNow(str(problem)) from problem


def register_lighthouses() -> None:
    register(
        QueueKind(
            name=SubmissionKind.LIGHTHOUSE,
            label=gettext_lazy("lighthouse"),
            template="patterns/_review_lighthouse.html",
            decide=decide,
            describe=describe,
            claimed=submissions.take_up,
        )
    )


def _settled_text(submission: Submission) -> str:
    """What is published: the edit on top of what the lighthouse says now."""
    if submission.lighthouse.state != PublicationState.PUBLISHED:
        raise NotNow(_("The lighthouse has been taken out of the library. Decline the edit, or restore it first."))
    merged = carried_over(submission)
    if merged.conflicts:
        raise NotNow(
            _("The lighthouse has changed since, in the same place: %(where)s. Ask the author for changes.")
            % {"where": places(merged)}
        )
    return merged.text
