"""What a Celery process does at its start and around each task: schedule, sign of life, models, one log line a task."""

import logging
import time
from typing import Any

from celery import Celery, Task, bootsteps, current_app, signals
from django.db import DatabaseError, connections
from redis.exceptions import RedisError

from clm_site import replies
from clm_site.celery import app
from clm_site.jobs import Job
from worker.schedule import SCHEDULE

log = logging.getLogger(__name__)

# What the workers of a queue hold in memory before they take their first job. Only `interactive` holds the embedder:
# `answers` asks it for a question's vector, `bulk` loads its own when there is something to embed. On two cores each
# copy costs ten seconds of the start and half a gigabyte.
HELD = {"interactive": ("embedder", "words"), "answers": ("words", "generator"), "bulk": ("words",)}
SLOW = 1.0  # seconds after which a task that reports nothing is worth a line


class SignOfLife(bootsteps.StartStopStep):
    """Says every few seconds which queues this worker serves, from Celery's own timer; ends with the consumer."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **options: Any) -> None:
        super().__init__(consumer, **options)
        self._timer: Any = None

    def start(self, consumer: Any) -> None:
        self._show(consumer)
        self._timer = consumer.timer.call_repeatedly(replies.SIGN_EVERY, self._show, (consumer,))

    def stop(self, consumer: Any) -> None:  # noqa: ARG002
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    shutdown = stop

    @staticmethod
    def _show(consumer: Any) -> None:
        try:
            for queue in consumer.app.amqp.queues.consume_from:
                replies.show_life(queue, consumer.hostname)
        except RedisError as problem:
            log.warning("no sign of life: %s", type(problem).__name__)


def prepare(celery: Celery) -> None:
    """Give the application its schedule and its sign of life. Called once, when Celery imports this module."""
    celery.conf.beat_schedule = SCHEDULE
    celery.steps["consumer"].add(SignOfLife)


@signals.celeryd_after_setup.connect(weak=False)
def _load_in_this_process(instance: Any, **_: Any) -> None:
    """Load before the first job is taken: a caller who waits a second and a half must not pay for an import."""
    if "prefork" not in instance.pool_cls.__module__:
        _load_what_is_held(instance.app)


@signals.worker_process_init.connect(weak=False)
def _load_in_the_child(**_: Any) -> None:
    """Models are loaded after the fork: most do not survive one. Then what the last process left is taken up."""
    _load_what_is_held(current_app)
    if Job.ANSWER.queue in current_app.amqp.queues.consume_from:
        _take_up_answers()


def _take_up_answers() -> None:
    """The reaper does it too, but its worker may still be starting, as after a start of the whole site."""
    from inference.answering.reaping import reap

    try:
        reap()
    except DatabaseError as problem:
        log.warning("answers are not taken up yet: %s", type(problem).__name__)
    finally:
        connections.close_all()


def _load_what_is_held(celery: Celery) -> None:
    needs = dict.fromkeys(need for queue in celery.amqp.queues.consume_from for need in HELD.get(queue, ()))
    if "embedder" not in needs:
        from inference.retrieval import vector

        vector.borrow()
    for need in needs:
        started = time.monotonic()
        try:
            _warm(need)
        except Exception:
            # The worker still serves what needs no model, and each task that does will say so.
            log.exception("%s could not be loaded; `manage.py doctor` says what to do", need)
        else:
            log.info("%s is ready after %.1f s", need, time.monotonic() - started)
    connections.close_all()


def _warm(need: str) -> None:
    """Backends load at their first use, so use each once."""
    from inference import backends
    from inference.generation import generators
    from inference.indexing import generations

    match need:
        case "embedder":
            backends.embedder(generations.live_model()).embed_query("a first text")
        case "words":
            backends.load("words").count()
        case "generator":
            generators.current()
            generators.keep_current()


@signals.task_prerun.connect(weak=False)
def _note_start(task: Task, **_: Any) -> None:
    task.request.clm_started = time.monotonic()


@signals.task_postrun.connect(weak=False)
def _log_end(task: Task, state: str | None = None, retval: Any = None, **_: Any) -> None:
    """One line a task: its name, what it says it did, how long it took. Arguments are never logged: some are texts."""
    took = time.monotonic() - getattr(task.request, "clm_started", time.monotonic())
    did = retval if isinstance(retval, str) else ""
    quiet = state == "SUCCESS" and not did and took < SLOW
    log.log(
        logging.DEBUG if quiet else logging.INFO,
        "%s %s %s(%.0f ms)",
        task.name,
        (state or "").lower(),
        f"{did} " if did else "",
        took * 1000,
    )


prepare(app)
