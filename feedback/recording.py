"""Takes a visitor's verdict on an answer: one per person, changeable, with a copy of what they were looking at."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from feedback.judging.cases import follow
from feedback.models import Rating
from inference.models import Answer, PublicQuestion
from inference.questions.offering import is_askers
from patterns.checks import conduct
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
    answer: Answer | PublicQuestion,
    *,
    rater: User | None = None,
    visitor: str = "",
    helpful: bool,
    reasons: Iterable[str] = (),
    comment: str = "",
    shown: bool = False,
) -> Rating:
    """Keep or change the verdict of one person (`rater`, or `visitor` where nobody is signed in).

    `reasons` are values of `Reason`; unknown ones are dropped. `shown` is the tick that lets reviewers read the
    comment, and of who asked the private question with its answer as well; it goes with a verdict against the answer.
    Raises `RatingRefused`.
    """
    if rater is None and not visitor:
        raise RatingRefused(_("We could not tell your verdict from anybody else's. Allow cookies and try again."))
    _refuse_unready(answer)
    if len(comment) > COMMENT_LIMIT:
        said = {"n": f"{len(comment):,}", "most": f"{COMMENT_LIMIT:,}"}
        raise RatingRefused(_("Your comment has %(n)s characters and may have %(most)s.") % said)
    if shown and not helpful and (remarks := conduct.remarks(comment, author=rater)):
        raise RatingRefused(remarks[0].message)
    known = set(Reason.values)
    given = {
        "helpful": helpful,
        "reasons": [] if helpful else sorted(known.intersection(reasons)),
        "comment": comment.replace("\x00", "").strip(),
        "shows": _shows(answer, rater=rater, visitor=visitor) if shown and not helpful else Rating.Shows.NOTHING,
        # A public copy never changes, and what it says must be gone when it is taken back.
        "snapshot": snapshot(answer) if isinstance(answer, Answer) else {},
    }
    whose = {"rater": rater} if rater else {"rater": None, "visitor": visitor}
    with transaction.atomic():
        rating = Rating.objects.update_or_create(**_of(answer), **whose, defaults=given)[0]
        follow(rating)
    return rating


def rating_of(answer: Answer | PublicQuestion, *, rater: User | None = None, visitor: str = "") -> Rating | None:
    """The verdict this person gave before, if any."""
    if rater is not None:
        return Rating.objects.filter(**_of(answer), rater=rater).first()
    return Rating.objects.filter(**_of(answer), rater=None, visitor=visitor).first() if visitor else None


def _of(answer: Answer | PublicQuestion) -> dict[str, Any]:
    return {"question": answer} if isinstance(answer, PublicQuestion) else {"answer": answer}


def _shows(answer: Answer | PublicQuestion, *, rater: User | None, visitor: str) -> str:
    """What the tick of this person lets reviewers see: a private question is its asker's alone to show."""
    if isinstance(answer, Answer) and is_askers(answer, user=rater, visitor=visitor):
        return Rating.Shows.ANSWER
    return Rating.Shows.WORDS


def _refuse_unready(answer: Answer | PublicQuestion) -> None:
    if isinstance(answer, PublicQuestion):
        if answer.state != PublicQuestion.State.PUBLISHED or not answer.answered:
            raise RatingRefused(_("There is no public answer here that could be judged."))
    elif answer.state not in {Answer.State.DONE, Answer.State.STOPPED}:
        raise RatingRefused(_("This answer is not written yet. Rate it when it is done."))


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
