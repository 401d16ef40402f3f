"""What a person decided on an answer: kept beside what the score said then, told to who asked, and acted on."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from feedback.judging.cases import State, ratings_of, score_of, subject_of
from feedback.judging.scoring import LOW
from feedback.models import AnswerVerdict, LowAnswer
from inference.models import Answer, PublicQuestion
from inference.questions import offering
from patterns.enums import Decision
from patterns.models import ReviewItem, User
from patterns.people import notices
from patterns.review.errors import NotNow, OwnWork, ReasonNeeded

TAKE_OUT: Final = "take_out"
Verdict = AnswerVerdict.Verdict


def decide(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str, chosen: Collection[str] = ()) -> None:
    """Accepting says that the answer is wrong or too weak; declining that it stands. Nobody judges what they rated."""
    case = LowAnswer.objects.select_for_update().get(pk=item.object_id)
    subject = subject_of(case)
    if subject is None:  # there is nothing left to judge, and either decision takes it out of the queue
        case.state = State.WITHDRAWN
        case.save(update_fields=["state"])
        return
    if ratings_of(subject).filter(rater=reviewer).exists():
        raise OwnWork
    wrong, public = decision is Decision.ACCEPT, isinstance(subject, PublicQuestion)
    if wrong and not reason:
        raise ReasonNeeded
    found = score_of(subject)
    AnswerVerdict.objects.create(
        case=case, reviewer=reviewer, verdict=Verdict.WRONG if wrong else Verdict.STANDS, reason=reason,
        answer=subject.answer if public else subject, question=subject if public else None,
        score=found.total, components=found.kept(), taken_out=wrong and public and TAKE_OUT in chosen,
    )  # fmt: skip
    case.state = State.JUDGED
    case.save(update_fields=["state"])
    if public and wrong and TAKE_OUT in chosen:
        _take_out(subject, reason=reason)
    _tell(subject, actor=reviewer, gone=public and wrong and TAKE_OUT in chosen)


def verdict_of(subject: Answer | PublicQuestion) -> AnswerVerdict | None:
    """What a reviewer said of it last, for who asked. One query."""
    of = {"question": subject} if isinstance(subject, PublicQuestion) else {"answer": subject, "question": None}
    return AnswerVerdict.objects.filter(**of).order_by("-pk").first()


def wrong_answers() -> QuerySet[AnswerVerdict]:
    """The ids of the private answers that a person judged wrong: their questions count as unanswered."""
    return AnswerVerdict.objects.filter(verdict=Verdict.WRONG, answer__isnull=False).values("answer")


@dataclass(frozen=True, slots=True)
class Agreement:
    """In how many of `n` answers that a person judged the score said the same."""

    n: int
    agreed: int

    @property
    def share(self) -> float | None:
        return self.agreed / self.n if self.n else None


def agreement() -> Agreement:
    """How often people and the score agree. One query."""
    same = Q(verdict=Verdict.WRONG, score__lt=LOW) | Q(verdict=Verdict.STANDS, score__gte=LOW)
    return Agreement(**AnswerVerdict.objects.aggregate(n=Count("pk"), agreed=Count("pk", filter=same)))


def _take_out(question: PublicQuestion, *, reason: str) -> None:
    locked = PublicQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if locked.state != PublicQuestion.State.PUBLISHED:
        raise NotNow(_("It is not public any more. Choose another decision."))
    offering.end(locked, PublicQuestion.State.REMOVED, reason=reason)


def _tell(subject: Answer | PublicQuestion, *, actor: User, gone: bool) -> None:
    """Who asked hears that a person has read it, without its words: it may be deleted, and its notices stay."""
    if isinstance(subject, PublicQuestion):
        page = reverse("rate_question", args=[subject.pk])
        url, asker = reverse("offered_question", args=[subject.token]) if gone else page, subject.offered_by
    else:
        url, asker = reverse("rate_answer", args=[subject.public_id]), subject.question.asker
    notices.notify(asker, kind="answer_judged", url=url, actor=actor)
