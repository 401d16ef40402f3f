"""Finished answers with citations, as the worker would leave them, and corrections of them that a person accepted."""

import hashlib
import itertools
from typing import Any

from django.utils import timezone

from feedback.models import Candidate
from inference.models import Answer, Citation, Question
from patterns.models import Pattern, User
from tests.factories.library import make_pattern, make_user

_number = itertools.count(1)


def make_answer(
    question: str = "", text: str = "", *, cites: tuple[Pattern, ...] | None = None, asker: User | None = None,
    visitor: str = "", **fields: Any
) -> Answer:  # fmt: skip
    """A finished answer that cites the first line of each pattern in `cites` (one new pattern by default)."""
    cites = (make_pattern(),) if cites is None else cites
    asked = Question.objects.create(
        text=question or f"What is pattern {next(_number)}?", asker=asker, visitor=visitor or "somebody"
    )
    text = text or "It helps people who share something [1]."
    values = {
        "state": Answer.State.DONE,
        "outcome": Answer.Outcome.ANSWER if cites else Answer.Outcome.NONE,
        "text": text,
        "sentences": [{"text": text, "citations": [1], "support": "supported", "block": 0, "form": "text"}],
        "generator": "extractive",
        "finished_at": timezone.now(),
        "timings": {"total": 900},
    } | fields
    answer = Answer.objects.create(question=asked, **values)
    for number, pattern in enumerate(cites, 1):
        quote = " ".join(pattern.current.body.split())
        Citation.objects.create(
            answer=answer,
            number=number,
            revision=pattern.current,
            section="Context",
            start=0,
            end=len(pattern.current.body),
            sha256=hashlib.sha256(quote.encode()).hexdigest(),
            quote=quote,
        )
    return answer


def make_candidate(answer: Answer | None = None, *, text: str = "", **fields: Any) -> Candidate:
    """An accepted correction of `answer`, by another person than its author."""
    answer = answer or make_answer()
    values = {
        "state": Candidate.State.ACCEPTED,
        "question": answer.question.text,
        "answer_text": text or f"Corrected: {answer.text}",
        "rejected_text": answer.text,
        "license": "CC-BY-SA-4.0",
        "consent": "The author licenses it and agrees to training, on 21 November 2026.",
        "accepted_at": timezone.now(),
    } | fields
    values.setdefault("author", make_user())
    values.setdefault("reviewer", make_user())
    citations = list(answer.citations.select_related("revision__pattern"))
    candidate = Candidate.objects.create(
        answer=answer,
        evidence=[
            {
                "slug": one.revision.pattern.slug,
                "revision": one.revision.number,
                "section": one.section,
                "sha256": one.sha256,
                "text": one.quote,
            }
            for one in citations
        ],
        **values,
    )
    candidate.revisions.set([one.revision for one in citations])
    return candidate
