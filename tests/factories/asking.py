"""Questions and answers at each stage of their life, as the pipeline would leave them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from inference.models import Answer, Citation, Question
from tests.factories.library import make_pattern

STEWARD = (
    "## Context\n\nSteward-ownership is a way to own a company in which control stays with people who carry its "
    "purpose. Votes belong to stewards who can neither sell nor inherit them.\n"
)


def make_answer(text: str = "What is steward ownership?", *, silent: float = 0, **fields: Any) -> Answer:
    """A pending answer; `state`, `attempt` and others as given. `silent` is the age of its heartbeat in seconds."""
    question = Question.objects.create(text=text, visitor="visitor")
    if silent:
        fields["heartbeat_at"] = timezone.now() - timedelta(seconds=silent)
    return Answer.objects.create(question=question, **fields)


def make_finished(question: str = "What is steward ownership?", **fields: Any) -> Answer:
    """A finished answer with one supported sentence and its source."""
    pattern = make_pattern("Steward Ownership", STEWARD)
    values = {
        "state": Answer.State.DONE,
        "outcome": Answer.Outcome.ANSWER,
        "attempt": 1,
        "text": "Control stays with people who carry its purpose. [1]",
        "sentences": [
            {"text": "Control stays with people who carry its purpose.", "citations": [1], "support": "supported",
             "block": 0, "form": "text", "label": ""}
        ],
        "generator": "extractive",
        "timings": {"total": 420.0},
        "finished_at": timezone.now(),
        "route": {"kind": "direct", "reason": "It names one pattern."},
    }  # fmt: skip
    written = values | fields
    answer = make_answer(question)
    Answer.objects.filter(pk=answer.pk).update(**written)
    answer.refresh_from_db()
    body = pattern.current.body
    Citation.objects.create(
        answer=answer, number=1, revision=pattern.current, section="Context", start=12, end=len(body),
        sha256="0" * 64, quote=body[12:].strip(), why=["the words of the question"],
    )  # fmt: skip
    return answer
