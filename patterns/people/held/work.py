"""What a person proposed, published and decided: drafts go, what others rely on stays under a neutral name."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patterns import submissions
from patterns.enums import SubmissionState
from patterns.models import AuditEntry, Claim, Revision, Sending, Submission
from patterns.people.forgetting import forget_names, forget_titles
from patterns.people.holdings import keep, register
from patterns.people.models import User

State = SubmissionState
GONE = "Erased by its author"


def register_holdings() -> None:
    register(
        "submissions", export=_submissions, erase=_erase_submissions, title=_("What you proposed"),
        fate=_(
            "drafts are deleted and what waits is withdrawn; the text of what was withdrawn or declined is deleted, "
            "that it was decided stays. What was accepted stays, without your name."
        ),
        covers=("patterns.Submission.author", "patterns.SubmissionEvent.actor", "patterns.ReviewItem.author"),
    )  # fmt: skip
    register(
        "published", export=_published, erase=_unname, title=_("What you published"),
        fate=_("stays under its licence, credited to “a former contributor”: others build on it and cite it"),
        covers=("patterns.Revision.author",),
    )  # fmt: skip
    register(
        "reviews", export=_reviews, erase=lambda user: Claim.objects.filter(reviewer=user).delete(),
        title=_("What you decided as a reviewer"),
        fate=_("stays, without your name: each decision needs a person who made it. What you hold is given back."),
        covers=("patterns.Review.reviewer", "patterns.Review.author", "patterns.Claim.reviewer"),
    )  # fmt: skip
    register(
        "log", export=_log, erase=keep, title=_("Lines about your acts in the log of the site"),
        fate=_("stay, without your name: the log shows that nothing was done behind anybody's back"),
        covers=("patterns.AuditEntry.actor",),
    )  # fmt: skip


def _submissions(user: User) -> list[dict[str, Any]]:
    mine = Submission.objects.filter(author=user).select_related("pattern").prefetch_related("events")
    fields = (
        "kind",
        "state",
        "title",
        "text",
        "note",
        "payload",
        "consent",
        "created_at",
        "submitted_at",
        "decided_at",
    )
    return [
        {
            **{name: getattr(one, name) for name in fields},
            "pattern": one.pattern.slug if one.pattern else None,
            "events": [{"at": event.at, "state": event.after, "reason": event.reason} for event in one.events.all()],
        }
        for one in mine.order_by("pk")
    ]


def _published(user: User) -> list[dict[str, Any]]:
    fields = ("title", "number", "source", "license", "message", "created_at")
    return list(Revision.objects.filter(author=user).order_by("pk").values(*fields))


def _reviews(user: User) -> list[dict[str, Any]]:
    return list(user.reviews.order_by("pk").values("item__kind", "item__title", "decision", "reason", "at"))


def _log(user: User) -> list[dict[str, Any]]:
    fields = ("at", "action", "target_type", "target_name", "details")
    return list(AuditEntry.objects.filter(actor=user).order_by("pk").values(*fields))


def _erase_submissions(user: User) -> None:
    mine = Submission.objects.filter(author=user)
    for one in mine.filter(state__in=submissions.OPEN - {State.DRAFT}):
        submissions.withdraw(one, actor=user)
    drafts = mine.filter(state=State.DRAFT)
    undecided = mine.filter(state__in=(State.WITHDRAWN, State.DECLINED))
    _forget(drafts | undecided)
    Sending.objects.filter(submission__in=undecided).delete()
    drafts.delete()
    undecided.update(title=GONE, text="", note="", payload={})


def _forget(gone: QuerySet[Submission]) -> None:
    """Take the titles of what is erased out of the queue's history and out of the log."""
    keys = list(gone.values_list("pk", "kind"))
    forget_names("submission", [pk for pk, _kind in keys])
    for kind in {kind for _pk, kind in keys}:
        forget_titles(kind, [pk for pk, of in keys if of == kind], instead=GONE)


def _unname(user: User) -> None:
    Revision.objects.filter(author=user).update(author_name="a former contributor")
