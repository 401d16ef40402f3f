"""The one place that knows the order of an answer: claim, find, write, check, finish.

Runs in a worker. Every stage is a function elsewhere; whatever happens in one, the answer ends in one final row and
the worker lives on.
"""

import contextlib
import logging
import time
from dataclasses import asdict

from django.conf import settings
from django.db import InterfaceError, OperationalError

from inference.answering.claiming import claim, finish, heartbeat
from inference.answering.reaping import reap, take_back
from inference.backends import BackendError
from inference.models import Answer, Citation, IndexGeneration, Question
from inference.showing.presenting import finished_event
from inference.stages.degrading import write_or_degrade
from inference.stages.finding import find
from inference.stages.work import Work
from inference.stages.writing import check
from inference.streaming.streams import Writer, forget_stop
from inference.types import Evidence

__all__ = ["answer", "reap"]
log = logging.getLogger(__name__)

FAILED = "Something went wrong on our side while this answer was written. Your question is kept: ask it again."
LATE = "This answer took longer than the {limit} seconds it may take, so it was ended. Ask again, or ask for less."


def answer(answer_id: int) -> None:
    """Answer a pending question from its claim to its one final row. Does nothing when another worker has it."""
    running = claim(answer_id)
    if running is None and take_back(answer_id):
        running = claim(answer_id)
    if running is None:
        log.info("answer %s is already taken or finished", answer_id)
        return
    question = Question.objects.select_related("about", "parent").get(answer=answer_id)
    with Writer(running.public_id, running.attempt) as wire, heartbeat(running) as lost:
        work = Work(running, question, wire)

        def ended() -> str:
            return "lost" if lost.is_set() else _why_end(work)

        state, error = Answer.State.DONE, ""
        try:
            facts = find(work)
            why = ended() or write_or_degrade(work, facts, ended=ended)
            if why == "lost":
                return
            if why:
                state = Answer.State.STOPPED if why == "stopped" else Answer.State.FAILED
                error = LATE.format(limit=settings.ANSWER_TIME_LIMIT) if why == "late" else ""
            check(work)
        except (OperationalError, InterfaceError):
            # The store went away, which is no fault of the question: silence brings it another attempt (reaping).
            log.exception("answer %s: the database went away", running.public_id)
            return
        except BackendError as problem:
            log.exception("answer %s: a backend failed", running.public_id)
            state, error = Answer.State.FAILED, f"{problem} Your question is kept: ask it again."
        except Exception:  # whatever a stage raises, the answer ends honestly and the worker lives
            log.exception("answer %s failed", running.public_id)
            state, error = Answer.State.FAILED, FAILED
        if state == Answer.State.FAILED and work.wire.text and not work.sentences:
            with contextlib.suppress(Exception):  # what was written is shown checked, where it can be
                check(work)
        _finish(work, state, error)


def _finish(work: Work, state: str, error: str) -> None:
    """The one final row, then the event that carries it to the pages."""
    work.took("total", work.begun)
    chosen = work.chosen
    finished = finish(
        work.running,
        state=state,
        error=error,
        route=work.shown_route,
        outcome=work.outcome,
        text=work.wire.text.strip(),
        sentences=[asdict(sentence) for sentence in work.sentences],
        nearest=work.nearest,
        generator=chosen.generator.name if chosen else "",
        tier=chosen.tier if chosen else 1,
        model_id=chosen.model.pk if chosen and chosen.model else None,
        prompt_sha256=work.prompt_sha256,
        generation_id=IndexGeneration.objects.filter(live=True).values_list("pk", flat=True).first(),
        timings=work.timings,
        citations=[_citation(number, source) for number, source in enumerate(work.sources, 1)],
        usage=work.usage,
    )
    if finished:
        row = Answer.objects.select_related("question").get(pk=work.running.answer_id)
        work.wire.event("done", finished_event(row))
        forget_stop(work.running.public_id)


def _citation(number: int, source: Evidence) -> Citation:
    return Citation(
        number=number,
        passage_id=source.passage_id,
        revision_id=source.revision_id,
        relation_id=source.relation_id,
        section=source.section[:300],
        start=source.start,
        end=source.end,
        sha256=source.sha256,
        quote=source.text,
        why=list(source.why),
    )


def _why_end(work: Work) -> str:
    if work.wire.stopped.is_set():
        return "stopped"
    return "late" if time.perf_counter() - work.begun > settings.ANSWER_TIME_LIMIT else ""
