"""Answers that a person is asked to look at: shown by who asked, or public and found wanting."""

from feedback.judging import cases
from feedback.models import LowAnswer, Rating
from feedback.recording import rate
from inference.models import Answer, PublicQuestion
from patterns import review
from patterns.models import ReviewItem, User
from tests.factories.answers import make_answer
from tests.factories.people import make_reviewer
from tests.factories.questions import publish


def unsupported(*texts: str) -> list[dict]:
    """Sentences that rest on nothing, as an answer stores them."""
    return [{"text": one, "citations": [], "support": "unsupported", "block": 0, "form": "text"} for one in texts]


def show(answer: Answer, *, comment: str = "") -> Rating:
    """Its asker says that it did not help, and lets reviewers see it."""
    asked = answer.question
    return rate(answer, helpful=False, comment=comment, shown=True, rater=asked.asker, visitor=asked.visitor)


def shown(question: str = "", text: str = "", *, asker: User | None = None, comment: str = "") -> Answer:
    """A private answer that stands in the queue."""
    answer = make_answer(question, text, asker=asker)
    show(answer, comment=comment)
    cases.look(answer_id=answer.pk)
    return answer


def published_low(question: str = "", **fields: object) -> PublicQuestion:
    """A public question whose answer rests on nothing, looked at as the worker does."""
    made = publish(question, sentences=unsupported("It is so.", "It was always so."), **fields)
    cases.look(question_id=made.pk)
    return made


def item_of(subject: Answer | PublicQuestion) -> ReviewItem | None:
    """Its newest item in the queue."""
    named = {"question": subject} if isinstance(subject, PublicQuestion) else {"answer": subject}
    case = LowAnswer.objects.filter(**named).order_by("-pk").first()
    return case and ReviewItem.objects.filter(kind=cases.KIND, object_id=case.pk).first()


def judge(
    subject: Answer | PublicQuestion, decision: str = "accept", *, by: User | None = None, **fields: object
) -> None:
    """Another person decides on it."""
    item = item_of(subject)
    values = {"reason": "It says what no source says."} | fields
    review.decide(item, reviewer=by or make_reviewer(), decision=decision, version=item.version, **values)
