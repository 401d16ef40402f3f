"""Asks judged questions the way a visitor's are answered, by the same stages, and leaves no record behind.

Each question is answered in a transaction that is rolled back, so neither its row nor its answer is ever seen by
others; a thread is told anew in the transaction of the question that follows it.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import redis
from django.db import Error, transaction

from inference.answering.claiming import Running
from inference.asking import AskError, cleaned
from inference.evaluation.questions import Judged
from inference.evaluation.scores import FAILED, Found
from inference.facts import Facts
from inference.models import Answer, Question
from inference.models.answers import new_public_id
from inference.names import entities
from inference.stages.finding import find
from inference.stages.work import Work
from inference.stages.writing import check, write
from inference.streaming import streams

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """One question of a thread and what its answer's row held."""

    text: str
    answer: dict[str, Any] = field(default_factory=dict)
    before: "Turn | None" = None


class _Wire(streams.Writer):
    """The real wire, which also notes when the first piece of text went out."""

    first: float | None = None

    def write(self, text: str) -> None:
        if text and self.first is None:
            self.first = time.perf_counter()
        super().write(text)


def evaluate(rows: Sequence[Judged], *, progress: Callable[[int], None]) -> Iterable[tuple[Judged, Found]]:
    """Answer every question in order and yield what was found. One that fails is reported in its row, and no more."""
    turns: dict[str, Turn] = {}
    for number, row in enumerate(rows, 1):
        found, turns[row.id] = answered(row.question, before=turns.get(row.follows))
        progress(number)
        yield row, found


def answered(text: str, *, before: Turn | None = None) -> tuple[Found, Turn]:
    """Answer `text`, as a question that follows `before`, and forget it."""
    started = time.perf_counter()
    try:
        with transaction.atomic():
            try:
                return _answered(cleaned(text), before)
            finally:
                transaction.set_rollback(True)
    except AskError as refused:
        problem = str(refused)
    except Error:  # the store itself; the next question has a transaction of its own
        log.exception("a judged question could not be answered")
        problem = "The database could not be asked."
    except Exception as fault:  # whatever a stage raises is what is measured here
        log.exception("a judged question failed")
        problem = str(fault) or type(fault).__name__
    total = (time.perf_counter() - started) * 1000
    return Found("", FAILED, (), "", 0, 0, None, total, error=problem), Turn(text, {}, before)


def _answered(text: str, before: Turn | None) -> tuple[Found, Turn]:
    question, row = _saved(Turn(text, {"state": Answer.State.RUNNING, "attempt": 1}, before))
    running = Running(row.pk, row.attempt, row.public_id)
    with _Wire(row.public_id, row.attempt) as wire:
        work = Work(running, question, wire)
        facts = find(work)
        write(work, facts, ended=lambda: "")
        check(work)
    ended = time.perf_counter()
    with contextlib.suppress(redis.RedisError):
        streams.connection().delete(streams.key(row.public_id, row.attempt))
    claims = [sentence for sentence in work.sentences if sentence.support]
    found = Found(
        route=str(work.route.kind),
        outcome=work.outcome,
        ranked=_ranked(work, facts),
        text=wire.text.strip(),
        sentences=len(claims),
        supported=sum(sentence.support == "supported" for sentence in claims),
        first_token_ms=(wire.first - work.begun) * 1000 if wire.first else None,
        total_ms=(ended - work.begun) * 1000,
        understood=work.shown_route.get("understood", ""),
        score=work.shown_route.get("confidence", {}).get("score"),
    )
    kept = {
        "state": Answer.State.DONE,
        "attempt": 1,
        "route": work.shown_route,
        "outcome": work.outcome,
        "text": found.text,
        "sentences": [asdict(sentence) for sentence in work.sentences],
    }
    return found, Turn(text, kept, before)


def _saved(turn: Turn) -> tuple[Question, Answer]:
    """The rows of a turn and of all before it, for as long as this transaction lasts."""
    parent = _saved(turn.before)[0] if turn.before else None
    question = Question.objects.create(text=turn.text, parent=parent)
    return question, Answer.objects.create(question=question, public_id=new_public_id(), **turn.answer)


def _ranked(work: Work, facts: Facts) -> tuple[str, ...]:
    """Distinct slugs: of what each sentence names as its label and cites, of all sources, facts, then evidence."""
    slugs: list[str] = []
    for sentence in work.sentences:
        slugs += entities.slugs_called(sentence.label)
        slugs += [work.sources[n - 1].slug for n in sentence.citations if 1 <= n <= len(work.sources)]
    slugs += [source.slug for source in work.sources]
    for fact in facts.stated if work.outcome == Answer.Outcome.ANSWER else ():
        slugs += [*entities.slugs_called(fact.thing), *entities.slugs_called(fact.subject)]
    slugs += [one.slug for one in work.evidence]
    return tuple(dict.fromkeys(slugs))
