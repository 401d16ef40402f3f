"""Every background job by name, and the two ways to hand one over: `enqueue` (after commit, never lost) and `call`.

A job is written to the outbox in the caller's transaction and sent when that commits; what could not be sent then
(Redis is down) is sent by the relay in the bulk worker. Nothing here knows what a job does. A job may arrive twice
(a sender that dies between sending and noting it), so every task is safe to run twice.
"""

import logging
import time
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction

log = logging.getLogger(__name__)

SENT_KEPT = timedelta(days=1)
FRESH = timedelta(seconds=2)  # in which whoever promised a job sends it; the relay looks at older ones


class Job(StrEnum):
    """Task names; `tests/architecture` proves that they equal the registered Celery tasks."""

    ANSWER = "answers.answer"
    SEARCH = "interactive.search"
    EMBED = "interactive.embed"
    FOLLOW_LIBRARY = "bulk.follow_library"
    RELAY_OUTBOX = "bulk.relay_outbox"
    REAP_ANSWERS = "bulk.reap_answers"
    BUILD_GRAPH = "bulk.build_graph"
    DOUBT_RELATIONS = "bulk.doubt_relations"
    GATHER_QUESTIONS = "bulk.gather_questions"
    LOOK_AT_ANSWER = "bulk.look_at_answer"
    SEND_NOTICES = "bulk.send_notices"
    EXPIRE = "bulk.expire"
    HEARTBEAT = "bulk.heartbeat"
    RELEASE_DATASET = "bulk.release_dataset"
    TRAIN = "retraining.train"

    @property
    def queue(self) -> str:
        return self.value.split(".", 1)[0]


class Late(Exception):
    """No worker answered within the deadline (all busy, none running, or Redis is down)."""


class Away(Late):
    """Redis does not answer just now, so nobody was asked."""


class Failed(Late):
    """A worker took the job and could not do it; a caller that can do without may treat it as `Late`."""


def enqueue(job: Job, **ids: Any) -> None:
    """Have `job` run once the current transaction has committed; with no transaction, now.

    `ids` must be JSON: identifiers, never texts or secrets. Survives a Redis that is down at commit time.
    """
    from clm_site.models import Outbox

    row = Outbox.objects.create(job=job.value, ids=ids)
    transaction.on_commit(lambda: _send(row), robust=True)


def relay(*, limit: int = 200) -> int:
    """Send what is still waiting in the outbox, oldest first; returns how many jobs went out."""
    from django.utils import timezone

    from clm_site.models import Outbox

    sent = 0
    with transaction.atomic():
        waiting = Outbox.objects.filter(sent_at=None, created_at__lt=timezone.now() - FRESH).order_by("pk")
        for row in waiting.select_for_update(skip_locked=True)[:limit]:
            if not _send(row):
                break
            sent += 1
    return sent


def waiting(job: Job) -> int:
    """How many messages lie in the queue of `job` that no worker has taken; raises `redis.RedisError`."""
    from django.conf import settings

    from clm_site import replies

    return replies.client(1.0).llen(settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] + job.queue)


def forget_sent() -> int:
    """Delete what was sent more than a day ago; returns how many rows went."""
    from django.utils import timezone

    from clm_site.models import Outbox

    return Outbox.objects.filter(sent_at__lt=timezone.now() - SENT_KEPT).delete()[0]


def call(job: Job, *, timeout: float, **arguments: Any) -> Any:
    """Ask a worker and wait at most `timeout` seconds for its JSON answer; raises `Late`, `Away` or `Failed`.

    Late at once where no worker has shown a sign of life. The job is dropped unread once the deadline has passed.
    """
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    from clm_site import replies
    from clm_site.celery import app

    deadline = time.monotonic() + timeout
    address = replies.new_address()
    try:
        # Asked first with our own deadline, because the broker's connection waits longer for a Redis that hangs.
        if replies.sign_of_life(job.queue, timeout=timeout) is None:
            raise Late(f"No worker takes {job.value}: none serves the queue '{job.queue}'.")
        app.send_task(
            job.value,
            kwargs=arguments,
            queue=job.queue,
            expires=max(0.1, deadline - time.monotonic()),
            reply_to=address,
            ignore_result=True,
            retry=False,
        )
        reply = replies.take(address, deadline=deadline)
    except replies.NoReply as problem:
        raise Late(f"No worker answered {job.value} within {timeout:g} s: {problem}.") from problem
    except (OperationalError, RedisError, OSError) as problem:
        raise Away(f"No worker can be asked for {job.value}: {type(problem).__name__}.") from problem
    if "problem" in reply:
        raise Failed(f"{job.value} could not be done: {reply['problem']}.")
    return reply["value"]


def _send(row: Any) -> bool:
    from django.utils import timezone
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    from clm_site.celery import app

    try:
        job = Job(row.job)
    except ValueError:
        # An older version promised it. It must not hold up the rest of the line for ever.
        log.error("the outbox holds a job nobody knows any more: %s %s; it is set aside", row.job, row.ids)
        job = None
    if job is not None:
        try:
            app.send_task(job.value, kwargs=row.ids, queue=job.queue, ignore_result=True, retry=False)
        except (OperationalError, RedisError, OSError) as problem:
            log.warning("job %s waits in the outbox: %s", job.value, type(problem).__name__)
            return False
    type(row).objects.filter(pk=row.pk).update(sent_at=timezone.now())
    return True
