"""What this room holds of people: their questions with the answers, and those they gave to everybody."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from inference.forgetting import forget
from inference.models import PublicQuestion, Question
from inference.questions import offering
from patterns.people.forgetting import forget_titles
from patterns.people.holdings import register
from patterns.people.models import User

State = PublicQuestion.State
GONE = "Erased by its asker"


def register_holdings() -> None:
    register(
        "questions", export=_questions, erase=lambda user: forget(Question.objects.filter(asker=user)),
        title=_("Your questions and their answers"), fate=_("deleted"), covers=("inference.Question.asker",),
    )  # fmt: skip
    register(
        "questions_for_everybody", export=_offers, erase=_erase_offers,
        title=_("Questions you gave to everybody"),
        fate=_("what waits is taken back and what was declined is deleted; what is public stays, without your name"),
        covers=("inference.PublicQuestion.offered_by",),
    )  # fmt: skip


def _questions(user: User) -> list[dict[str, Any]]:
    mine = Question.objects.filter(asker=user).select_related("answer", "about").order_by("pk")
    return [
        {
            "asked_at": one.asked_at,
            "question": one.text,
            "about": one.about.slug if one.about else None,
            "answer": one.answer.text if hasattr(one, "answer") else None,
            "state": one.answer.state if hasattr(one, "answer") else None,
        }
        for one in mine
    ]


def _offers(user: User) -> list[dict[str, Any]]:
    fields = (
        "text",
        "answer_text",
        "state",
        "credited",
        "training",
        "reason",
        "offered_at",
        "published_at",
        "ended_at",
    )
    return list(PublicQuestion.objects.filter(offered_by=user).order_by("pk").values(*fields))


def _erase_offers(user: User) -> None:
    mine = PublicQuestion.objects.filter(offered_by=user)
    for one in mine.filter(state=State.OFFERED):
        offering.withdraw(one)
    ids = list(mine.exclude(state=State.PUBLISHED).values_list("pk", flat=True))
    forget_titles(offering.KIND, ids, instead=GONE)
    mine.filter(state=State.DECLINED).delete()
    mine.update(credited=False)
