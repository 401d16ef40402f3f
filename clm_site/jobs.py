"""Every background job by name, and the two ways to hand one over: `enqueue` (after commit, never lost) and `call`.

A job is written to the outbox in the caller's transaction and sent when that commits; what could not be sent then
(Redis is down) is sent by the relay in the bulk worker. Nothing here knows what a job does.
"""

import logging
from enum import StrEnum
from typing import Any

from django.db import transaction

log = logging.getLogger(__name__)


class Job(StrEnum):
    """Task names; `tests/architecture` proves that they equal the registered Celery tasks."""

    ANSWER = "answers.answer"
    SEARCH = "interactive.search"
    FOLLOW_LIBRARY = "bulk.follow_library"
    RELAY_OUTBOX = "bulk.relay_outbox"
    REAP_ANSWERS = "bulk.reap_answers"
    BUILD_GRAPH = "bulk.build_graph"
    EXPIRE = "bulk.expire"
    HEARTBEAT = "bulk.heartbeat"
    TRAIN = "retraining.train"

    @property
    def queue(self) -> str:
        return self.value.split(".", 1)[0]


class Late(Exception):
    """No worker answered within the deadline (all busy, none running, or Redis is down)."""


def enqueue(job: Job, **ids: Any) -> None:
    """Have `job` run once the current transaction has committed; with no transaction, now.

    `ids` must be JSON: identifiers, never texts or secrets. Survives a Redis that is down at commit time.
    """
    from clm_site.models import Outbox

    row = Outbox.objects.create(job=job.value, ids=ids)
    transaction.on_commit(lambda: _try_to_send(row.pk), robust=True)


def relay(*, limit: int = 200) -> int:
    """Send what is still waiting in the outbox; returns how many jobs went out."""
    from clm_site.models import Outbox

    sent = 0
    with transaction.atomic():
        waiting = Outbox.objects.select_for_update(skip_locked=True).filter(sent_at=None).order_by("pk")[:limit]
        for row in waiting:
            if not _send(row):
                break
            sent += 1
    return sent


def call(job: Job, *, timeout: float, **arguments: Any) -> Any:
    """Ask a worker and wait at most `timeout` seconds for its JSON answer; raises `Late`."""
    from celery.exceptions import TimeoutError as CeleryTimeout
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    from clm_site.celery import app

    try:
        result = app.send_task(
            job.value, kwargs=arguments, queue=job.queue, expires=timeout, ignore_result=False, retry=False
        )
        return result.get(timeout=timeout, interval=0.002)
    except (CeleryTimeout, OperationalError, RedisError, ConnectionError, OSError) as problem:
        raise Late(f"No worker answered {job.value} within {timeout:g} s ({type(problem).__name__}).") from problem


def _try_to_send(pk: int) -> None:
    from clm_site.models import Outbox

    with transaction.atomic():
        row = Outbox.objects.select_for_update(skip_locked=True).filter(pk=pk, sent_at=None).first()
        if row is not None:
            _send(row)


def _send(row: Any) -> bool:
    from django.utils import timezone
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    from clm_site.celery import app

    job = Job(row.job)
    try:
        app.send_task(job.value, kwargs=row.ids, queue=job.queue, ignore_result=True, retry=False)
    except (OperationalError, RedisError, OSError) as problem:
        log.warning("job %s waits in the outbox: %s", job.value, type(problem).__name__)
        return False
    row.sent_at = timezone.now()
    row.save(update_fields=["sent_at"])
    return True
