"""A real Celery worker takes a real message: replies, life signs, locks and log lines."""

import logging
import time
from collections.abc import Iterator

import pytest
from celery import shared_task
from celery.contrib.testing.worker import start_worker
from django.db import connection

import worker.runtime  # noqa: F401
from clm_site import replies
from clm_site.celery import app
from clm_site.jobs import Failed, Job, call
from clm_site.models import Outbox
from tests.clm_site.test_jobs import broker, promise
from worker.replying import replying
from worker.solo import one_at_a_time

__all__ = ["broker"]
pytestmark = pytest.mark.django_db(transaction=True)


@shared_task(name="interactive.echo", bind=True)
@replying
def echo(_task, text: str) -> dict[str, str]:
    if text == "break":
        raise ValueError(text)
    return {"said": text}


class Echo(str):
    """A job of this test alone: `Job` has only the real ones."""

    __slots__ = ()
    value = "interactive.echo"
    queue = "interactive"


@pytest.fixture
def interactive(broker) -> Iterator[None]:
    with start_worker(app, perform_ping_check=False, queues=["interactive"], pool="threads", concurrency=2):
        wait_for(lambda: replies.sign_of_life("interactive"))
        yield


def wait_for(condition, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def test_a_call_brings_the_value_back(interactive):
    assert call(Echo(), timeout=5, text="hello") == {"said": "hello"}


def test_a_call_that_fails_says_so_without_the_text(interactive):
    with pytest.raises(Failed, match="ValueError"):
        call(Echo(), timeout=5, text="break")


def test_a_task_is_logged_by_name_and_time_never_with_its_text(interactive, caplog):
    with caplog.at_level(logging.DEBUG):
        call(Echo(), timeout=5, text="a private question")
        wait_for(lambda: "interactive.echo success" in caplog.text)
    assert "a private question" not in caplog.text


def test_the_relay_runs_as_a_task(broker):
    promise(Job.TRAIN.value, ids={"run_id": 1})
    with start_worker(app, perform_ping_check=False, queues=["bulk"], pool="solo"):
        app.send_task(Job.RELAY_OUTBOX.value, queue="bulk")
        wait_for(lambda: not Outbox.objects.filter(sent_at=None).exists())
    assert broker.llen("clm:retraining") == 1


def test_a_worker_leaves_no_connection_behind_a_task(interactive):
    call(Echo(), timeout=5, text="one")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'"
        )
        assert cursor.fetchone() == (0,)


def test_a_second_copy_of_a_solo_job_leaves_at_once():
    seen = []

    def sweeping() -> str:
        seen.append("outer")
        return one_at_a_time(sweeping)() or "alone"

    assert one_at_a_time(sweeping)() == "alone"
    assert seen == ["outer"]


def test_a_solo_job_can_run_again_after_it_failed():
    def failing() -> str:
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):  # noqa: PT011
            one_at_a_time(failing)()


def test_the_schedule_names_real_jobs_and_entries_that_expire():
    for entry in app.conf.beat_schedule.values():
        assert Job(entry["task"]).queue == entry["options"]["queue"]
        assert entry["options"]["expires"] > 0
