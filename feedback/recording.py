"""Takes a visitor's verdict on an answer: one per person, changeable, with a copy of what they were looking at."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.models import Rating
from inference.models import Answer
from patterns.models import User

COMMENT_LIMIT = 2000  # characters


class Reason(models.TextChoices):
    """What can be wrong with an answer, in the words of the page."""

    WRONG = "wrong", _("It is wrong")
    NOT_IN_SOURCE = "not_in_source", _("The sources do not say this")
    INCOMPLETE = "incomplete", _("Something important is missing")
    OFF_TOPIC = "off_topic", _("It answers another question")
    UNCLEAR = "unclear", _("It is hard to understand")


class RatingRefused(Exception):
    """The verdict cannot be taken; the message is a sentence for whoever gave it."""


def rate(
    answer: Answer,
    *,
    rater: User | None = None,
    visitor: str = "",
    helpful: bool,
    reasons: Iterable[str] = (),
    comment: str = "",
) -> Rating:
    """Keep or change the verdict of one person (`rater`, or `visitor` where nobody is signed in).

    `reasons` are values of `Reason`; unknown ones are dropped. Raises `RatingRefused`.
    """
    if rater is None and not visitor:
        raise RatingRefused("We could not tell your verdict from anybody else's. Allow cookies and try again.")
    if answer.state not in {Answer.State.DONE, Answer.State.STOPPED}:
        raise RatingRefused("This answer is not written yet. Rate it when it is done.")
    if len(comment) > COMMENT_LIMIT:
        raise RatingRefused(f"Your comment has {len(comment):,} characters and may have {COMMENT_LIMIT:,}.")
    known = set(Reason.values)
    given = {
        "helpful": helpful,
        "reasons": [] if helpful else sorted(known.intersection(reasons)),
        "comment": comment.replace("\x00", "").strip(),
        "snapshot": snapshot(answer),
    }
    whose = {"rater": rater} if rater else {"rater": None, "visitor": visitor}
    return Rating.objects.update_or_create(answer=answer, **whose, defaults=given)[0]


def rating_of(answer: Answer, *, rater: User | None = None, visitor: str = "") -> Rating | None:
    """The verdict this person gave before, if any."""
    if rater is not None:
        return Rating.objects.filter(answer=answer, rater=rater).first()
    return Rating.objects.filter(answer=answer, rater=None, visitor=visitor).first() if visitor else None


def snapshot(answer: Answer) -> dict[str, Any]:
    """What stood on the page: kept, because the answer may be written again. Two queries."""
    return {
        "question": answer.question.text,
        "text": answer.text,
        "outcome": answer.outcome,
        "generator": answer.generator,
        "tier": answer.tier,
        "support": [sentence.get("support", "") for sentence in answer.sentences],
        "citations": list(answer.citations.values("number", "revision_id", "section", "start", "end", "sha256")),
    }
