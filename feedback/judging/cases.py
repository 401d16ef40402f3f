"""Which answers a person is asked to look at, and when they leave the queue again. Runs in the bulk worker.

A private answer is shown only while its asker's tick stands; a public one may be looked at by itself. One item an
answer, however many rate it, and no item says a word of an answer: the audit log keeps titles for ever.
"""

from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import override

from clm_site.jobs import Job, enqueue
from feedback.judging.scoring import Score, score
from feedback.models import AnswerVerdict, LowAnswer, Rating
from inference.models import Answer, PublicQuestion, Question
from patterns.models import ReviewItem
from patterns.review.priority import Signs
from patterns.review.queue import close, lock_open_item, open_item

KIND: Final = "low_answer"
SEVERAL: Final = 3  # readers: one may have wanted something else, and two may be one person with two browsers
MINUTES: Final = 3  # to read an answer beside its sources
State = LowAnswer.State
Subject = Answer | PublicQuestion


def look(*, answer_id: int | None = None, question_id: int | None = None) -> str:
    """Bring the queue into line with what is known of one answer now, and say what was done. Twice is once."""
    with transaction.atomic():
        case = hold_case(answer_id=answer_id, question_id=question_id)
        subject = _subject(answer_id, question_id)
        if subject is None or not may_be_seen(subject):
            return _withdrawn(case)
        found = score_of(subject)
        if case is None and not _is_wanted(subject, found):
            return ""
        return _opened(case, subject, found)


def follow(rating: Rating) -> None:
    """Have the queue follow a rating that was given or changed: at once where it takes something back."""
    if rating.question_id is not None:
        enqueue(Job.LOOK_AT_ANSWER, question_id=rating.question_id)
        return
    case = hold_case(answer_id=rating.answer_id)
    if rating.answer is not None and may_be_seen(rating.answer):
        enqueue(Job.LOOK_AT_ANSWER, answer_id=rating.answer_id)
    else:
        _withdrawn(case)


def may_be_seen(subject: Subject) -> bool:
    """Whether reviewers may see question and answer now. One query for a private one."""
    if isinstance(subject, PublicQuestion):
        return subject.state == PublicQuestion.State.PUBLISHED
    return Rating.objects.filter(answer=subject, helpful=False, shows=Rating.Shows.ANSWER).exists()


def subject_of(case: LowAnswer) -> Subject | None:
    """What a case stands for, if it may be seen now. Two queries at most."""
    subject = _subject(case.answer_id, case.question_id)
    return subject if subject is not None and may_be_seen(subject) else None


def score_of(subject: Subject) -> Score:
    """How good it looks, with what people said of it. One query."""
    said = list(ratings_of(subject).values_list("helpful", flat=True))
    return score(subject.sentences, outcome=subject.outcome, helpful=said.count(True), unhelpful=said.count(False))


def ratings_of(subject: Subject) -> QuerySet[Rating]:
    """What readers said, oldest first."""
    return Rating.objects.filter(**_named(subject)).order_by("rated_at", "pk")


def hold_case(*, answer_id: int | None = None, question_id: int | None = None, skip: bool = False) -> LowAnswer | None:
    """The waiting case of an answer or a public question with its item held, always the item first.

    `skip` passes one over that somebody else holds just now.
    """
    named = {"question_id": question_id} if question_id is not None else {"answer_id": answer_id}
    pk = LowAnswer.objects.filter(state=State.WAITING, **named).values_list("pk", flat=True).first()
    if pk is None:
        return None
    items = ReviewItem.objects.filter(kind=KIND, object_id=pk, open=True)
    if items.select_for_update(skip_locked=skip).first() is None and skip:
        return None
    return LowAnswer.objects.select_for_update().filter(pk=pk, state=State.WAITING).first()


def withdraw(case: LowAnswer) -> None:
    """Take a case out of the queue because it may not be seen any more. Its item is held already."""
    case.state = State.WITHDRAWN
    case.save(update_fields=["state"])
    item = lock_open_item(KIND, object_id=case.pk)
    if item is not None:
        item.reasons, item.signs = [], {}
        item.save(update_fields=["reasons", "signs"])
        close(item)


def forgetting(questions: QuerySet[Question]) -> None:
    """Private questions are about to be deleted: what stands for them in the queue leaves it."""
    waiting = LowAnswer.objects.filter(state=State.WAITING, answer__question__in=questions)
    for answer_id in list(waiting.order_by("pk").values_list("answer_id", flat=True)):
        _withdrawn(hold_case(answer_id=answer_id))


def published(question: PublicQuestion) -> None:
    enqueue(Job.LOOK_AT_ANSWER, question_id=question.pk)


def ended(question: PublicQuestion) -> None:
    """A public question is gone; while somebody decides on its answer the item is held, and the job takes it out."""
    question.ratings.update(snapshot={}, comment="", shows=Rating.Shows.NOTHING)
    _withdrawn(hold_case(question_id=question.pk, skip=True))
    if question.published_at is not None:
        enqueue(Job.LOOK_AT_ANSWER, question_id=question.pk)


def _named(subject: Subject) -> dict[str, int]:
    return {"question_id": subject.pk} if isinstance(subject, PublicQuestion) else {"answer_id": subject.pk}


def _subject(answer_id: int | None, question_id: int | None) -> Subject | None:
    if question_id is not None:
        rows = PublicQuestion.objects.select_related("offered_by", "about").defer("embedding", "words")
        return rows.filter(pk=question_id).first()
    return Answer.objects.select_related("question__asker", "model").filter(pk=answer_id).first()


def _is_wanted(subject: Subject, found: Score) -> bool:
    """Whether a person should look. What was judged once stays judged, but for many new voices against a public one."""
    judged = AnswerVerdict.objects.filter(**_named(subject)).order_by("-pk").first()
    if isinstance(subject, Answer):
        return judged is None
    if not subject.answered:
        return False  # it stands among the wanted patterns
    said = Q(rated_at__gt=judged.at) if judged is not None else Q()
    given = list(ratings_of(subject).filter(said).values_list("helpful", flat=True))
    against = given.count(False) >= SEVERAL and given.count(False) >= given.count(True)
    return against or (judged is None and found.low)


def _opened(case: LowAnswer | None, subject: Subject, found: Score) -> str:
    private = isinstance(subject, Answer)
    readers = next((one.counts["unhelpful"] for one in found.components if one.name == "readers"), 0)
    signs = Signs(unhelpful=readers, lacks=100 - found.percent, minutes=MINUTES)
    if case is not None and Signs.read(_item(case).signs) == signs:
        return ""
    if case is None:
        try:
            with transaction.atomic():
                case = LowAnswer.objects.create(**_named(subject))
        except IntegrityError:
            return ""  # another worker opened it at the same moment
    with override("en"):
        said = ["Who asked wants a person to look at it."] if private else []
    open_item(
        KIND, object_id=case.pk, title=_title(case), author=subject.question.asker if private else subject.offered_by,
        reasons=said, priority=0, signs=signs,
    )  # fmt: skip
    return f"case {case.pk}"


def _item(case: LowAnswer) -> ReviewItem:
    return ReviewItem.objects.get(kind=KIND, object_id=case.pk, open=True)


def _title(case: LowAnswer) -> str:
    """What the queue and the log call it: never a word of the question."""
    what = f"Answer of public question {case.question_id}" if case.question_id else "Answer shown by who asked"
    return f"{what} (case {case.pk})"


def _withdrawn(case: LowAnswer | None) -> str:
    if case is None:
        return ""
    withdraw(case)
    return f"case {case.pk} withdrawn"
