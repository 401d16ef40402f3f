"""What this room holds of people: ratings, verdicts, and dataset rows and releases that they wrote, read or made."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from feedback.models import AnswerVerdict, Candidate, Rating, Release
from patterns.people.holdings import keep, register
from patterns.people.models import User

CONSENTED = re.compile(r"^.*? licensed the text", re.DOTALL)


def register_holdings() -> None:
    register(
        "ratings", export=_ratings, erase=_erase_ratings, title=_("What you said of answers"),
        fate=_("your comments are deleted; whether an answer helped stays, without your name"),
        covers=("feedback.Rating.rater",),
    )  # fmt: skip
    register(
        "answer_verdicts", export=_verdicts, erase=keep, title=_("What you judged answers to be, as a reviewer"),
        fate=_("stays, without your name: what the site knows of its answers is held against it"),
        covers=("feedback.AnswerVerdict.reviewer",),
    )  # fmt: skip
    register(
        "training_rows", export=_rows, erase=_unname_rows, title=_("Dataset rows you wrote or accepted"),
        fate=_(
            "stay with the consent you gave, without your name. Releases that others have copied cannot be called back."
        ),
        covers=("feedback.Candidate.author", "feedback.Candidate.reviewer"),
    )  # fmt: skip
    register(
        "releases", export=_releases, erase=keep, title=_("Dataset releases you made"),
        fate=_("stay, without your name"),
        covers=("feedback.Release.made_by",),
    )  # fmt: skip


def _ratings(user: User) -> list[dict[str, Any]]:
    fields = ("helpful", "reasons", "comment", "shows", "rated_at")
    return list(Rating.objects.filter(rater=user).order_by("pk").values(*fields))


def _erase_ratings(user: User) -> None:
    Rating.objects.filter(rater=user).update(rater=None, visitor="", comment="", shows=Rating.Shows.NOTHING)


def _verdicts(user: User) -> list[dict[str, Any]]:
    return list(AnswerVerdict.objects.filter(reviewer=user).order_by("pk").values("verdict", "reason", "score", "at"))


def _rows(user: User) -> list[dict[str, Any]]:
    fields = ("question", "answer_text", "license", "consent", "state", "reason", "accepted_at")
    wrote = Candidate.objects.filter(author=user).order_by("pk").values(*fields)
    accepted = Candidate.objects.filter(reviewer=user).order_by("pk").values("question", "state", "accepted_at")
    return [{"part": "author", **row} for row in wrote] + [{"part": "reviewer", **row} for row in accepted]


def _unname_rows(user: User) -> None:
    """Take the name out of the words of consent, on the rows and in the submissions they came from."""
    for row in Candidate.objects.filter(author=user):
        row.consent = nameless(row.consent)
        row.save(update_fields=["consent"])
    for one in user.submissions.filter(payload__has_key="consent"):
        one.payload["consent"] = nameless(one.payload["consent"])
        one.save(update_fields=["payload"])


def nameless(consent: str) -> str:
    """`consent` without who gave it, whatever they were called then (see `feedback.correcting.consent_words`)."""
    return CONSENTED.sub("A former contributor licensed the text", consent, count=1)


def _releases(user: User) -> list[dict[str, Any]]:
    return list(Release.objects.filter(made_by=user).order_by("pk").values("version", "rows", "made_at"))
