"""Low-scored answers in the one review queue: what the reviewer sees, and only as long as it may be seen."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.judging.cases import KIND, ratings_of, score_of, subject_of
from feedback.judging.verdicts import TAKE_OUT, decide
from feedback.models import LowAnswer, Rating
from feedback.recording import Reason
from inference.models import Answer, PublicQuestion
from inference.questions import reading
from inference.showing.making import account
from inference.showing.presenting import EXTRACTIVE, blocks, generator_words, tier_words
from inference.showing.sources import sources
from patterns.enums import Decision
from patterns.models import ReviewItem
from patterns.review import canned, checklists
from patterns.review.canned import Ready
from patterns.review.checklists import Question
from patterns.review.kinds import QueueKind, register

CHECKLIST = (
    Question("read", gettext_lazy("Have you read the passages it cites?")),
    Question("wrong", gettext_lazy("Is it wrong or too weak, and not only unwelcome?")),
    Question("mend", gettext_lazy("Can the library answer better: by a correction, or an edit of a source?")),
)
READY = (
    Ready("said", Decision.DECLINE, gettext_lazy("The passages it cites do say this.")),
    Ready("fits", Decision.DECLINE, gettext_lazy("It answers what was asked; the library has no more on it.")),
    Ready("honest", Decision.DECLINE, gettext_lazy("It rightly says that the library has no answer.")),
)


def describe(item: ReviewItem) -> dict[str, Any]:
    """The context of `feedback/_review_low_answer.html`; nothing of question and answer where they may not be seen.

    Seven queries at most, however much was said.
    """
    case = LowAnswer.objects.select_related("verdict__reviewer").get(pk=item.object_id)
    subject = subject_of(case)
    verdict = getattr(case, "verdict", None)
    then = round(100 * verdict.score) if verdict is not None else None
    context = {"case": case, "verdict": verdict, "verdict_percent": then, "gone": subject is None}
    if subject is None:
        return context
    shown = reading.shown(subject) if isinstance(subject, PublicQuestion) else _private(subject)
    said = list(ratings_of(subject).filter(helpful=False))
    return context | shown | {
        "score": score_of(subject),
        "public": isinstance(subject, PublicQuestion),
        "readers": [(_reasons(one), _words(one)) for one in said],
    }  # fmt: skip


def options(item: ReviewItem) -> list[tuple[str, str]]:
    """A public copy can be taken down with the verdict. One query."""
    public = LowAnswer.objects.filter(pk=item.object_id, question__state=PublicQuestion.State.PUBLISHED).exists()
    return [(TAKE_OUT, _("When accepted, take the public copy down for good"))] if public else []


def register_low_answers() -> None:
    register(
        QueueKind(
            name=KIND, label=gettext_lazy("answer to look at"), template="feedback/_review_low_answer.html",
            decide=decide, describe=describe, decisions=(Decision.ACCEPT, Decision.DECLINE), options=options,
            one_by_one=True,
        )
    )  # fmt: skip
    checklists.register(KIND, *CHECKLIST)
    canned.register(KIND, *READY)


def _private(answer: Answer) -> dict[str, Any]:
    usage = answer.usage.order_by("-pk").first() if answer.generator not in {"", EXTRACTIVE} else None
    return {
        "answer": answer,
        "blocks": blocks(answer.sentences),
        "quoted": answer.generator == EXTRACTIVE,
        "sources": sources(answer.citations.all()),
        "tier": tier_words(answer.tier),
        "generator": generator_words(answer.generator),
        "making": account(answer, usage),
    }


def _reasons(rating: Rating) -> list[str]:
    return [str(Reason(one).label) for one in rating.reasons if one in Reason.values]


def _words(rating: Rating) -> str:
    """The comment, where its writer lets reviewers read it."""
    return rating.comment if rating.shows else ""
