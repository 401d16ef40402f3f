"""Notices answers whose worker died or that no worker took, and starts them again or fails them honestly."""

import logging
from dataclasses import dataclass
from datetime import timedelta

import redis
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from clm_site.jobs import Job, enqueue, waiting
from inference.answering.liveness import is_gone
from inference.models import Answer
from inference.showing.presenting import finished_event
from inference.streaming import streams

log = logging.getLogger(__name__)

MOST = 100  # running answers looked at in one round
UNTAKEN_AFTER = 15  # seconds after which a pending answer must still have its message in the queue
LOST = "The worker that wrote this answer stopped before it was done, and so did the next one. Please ask again."


@dataclass(frozen=True)
class Reaped:
    """What one round did, by public id."""

    restarted: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    enqueued: tuple[str, ...] = ()


def reap() -> Reaped:
    """One round, safe to run at any time and in two places at once. Called every few seconds by the schedule."""
    restarted, failed = [], []
    for pk in [answer.pk for answer in _running()[:MOST] if _is_lost(answer)]:
        answer = _end_attempt(pk, again=True)
        if answer is not None:
            (restarted if answer.state == Answer.State.PENDING else failed).append(answer.public_id)
    return Reaped(tuple(restarted), tuple(failed), tuple(_enqueue_untaken()))


def take_back(answer_id: int) -> bool:
    """Give up an attempt whose process is gone; True when the answer may be claimed again, now and by the caller.

    Called by the worker that gets the message of a killed one once more: no silence has to be waited for.
    """
    answer = _end_attempt(answer_id, again=False)
    return answer is not None and answer.state == Answer.State.PENDING


def _running() -> QuerySet[Answer]:
    return Answer.objects.filter(state=Answer.State.RUNNING).order_by("heartbeat_at")


def _is_lost(answer: Answer) -> bool:
    silent = timezone.now() - timedelta(seconds=settings.ANSWER_LOST_AFTER)
    return (answer.heartbeat_at or answer.created_at) < silent or is_gone(answer.worker)


def _end_attempt(pk: int, *, again: bool) -> Answer | None:
    """Give one lost attempt up, in a transaction, and tell its pages; None when it lives or somebody else did it.

    `again` enqueues the next attempt, where there may be one.
    """
    with transaction.atomic():
        answer = _running().select_for_update(skip_locked=True).filter(pk=pk).first()
        if answer is None or not _is_lost(answer):
            return None
        if answer.attempt < settings.ANSWER_ATTEMPTS:
            answer.state, answer.heartbeat_at = Answer.State.PENDING, timezone.now()
            if again:
                enqueue(Job.ANSWER, answer_id=answer.pk)
        else:
            answer.state, answer.error, answer.finished_at = Answer.State.FAILED, LOST, timezone.now()
        answer.save(update_fields=["state", "heartbeat_at", "error", "finished_at"])
    log.warning("answer %s: attempt %d was lost, now %s", answer.public_id, answer.attempt, answer.state)
    if answer.state == Answer.State.PENDING:
        streams.append(answer.public_id, answer.attempt, "moved", {})
    else:
        streams.append(answer.public_id, answer.attempt, "done", finished_event(answer))
    return answer


def _enqueue_untaken() -> list[str]:
    """Enqueue what nobody took again where messages were lost: the queue holds fewer than there are answers waiting.

    A long queue is no loss, so nothing piles up; an answer that is enqueued once too often is claimed once.
    """
    late = timezone.now() - timedelta(seconds=UNTAKEN_AFTER)
    untaken = Answer.objects.annotate(since=Coalesce("heartbeat_at", "created_at")).filter(
        state=Answer.State.PENDING, since__lt=late
    )
    try:
        if untaken.count() <= waiting(Job.ANSWER):
            return []
    except redis.RedisError:
        return []  # nothing could be sent either
    with transaction.atomic():
        found = list(untaken.order_by("pk").select_for_update(skip_locked=True, of=("self",))[:100])
        Answer.objects.filter(pk__in=[answer.pk for answer in found]).update(heartbeat_at=timezone.now())
        for answer in found:
            enqueue(Job.ANSWER, answer_id=answer.pk)
    return [answer.public_id for answer in found]
