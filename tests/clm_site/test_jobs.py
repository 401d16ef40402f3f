"""Jobs are sent after commit, wait in the outbox while Redis is down, and `call` keeps its deadline."""

import json
import socket
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clm_site import jobs, replies
from clm_site.celery import app
from clm_site.jobs import Job, call, enqueue, relay
from clm_site.models import Outbox


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture
def redis_down(settings) -> Iterator[None]:
    """Points the sender at a port where nothing listens, as if Redis had died."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        _point_at(settings, f"redis://127.0.0.1:{taken.getsockname()[1]}/0")
        yield
    _point_at(settings, settings.CELERY_BROKER_URL)


def _point_at(settings, url: str) -> None:
    settings.REDIS_URL = url
    app.conf.broker_url = url
    app.amqp._producer_pool = None
    app._pool = None


def promise(job: str = Job.ANSWER.value, *, ago: int = 10, **fields) -> Outbox:
    """A row of the outbox that nobody has sent for `ago` seconds."""
    row = Outbox.objects.create(job=job, **fields)
    Outbox.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(seconds=ago))
    return row


def waiting(broker: redis.Redis, queue: str) -> list[dict]:
    return [json.loads(message) for message in broker.lrange(f"clm:{queue}", 0, -1)]


@pytest.mark.django_db(transaction=True)
def test_a_job_goes_out_when_the_transaction_commits(broker):
    with transaction.atomic():
        enqueue(Job.ANSWER, answer_id=7)
        assert waiting(broker, "answers") == []
    assert [message["headers"]["task"] for message in waiting(broker, "answers")] == ["answers.answer"]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_sends_nothing(broker):
    with transaction.atomic():
        enqueue(Job.ANSWER, answer_id=7)
        transaction.set_rollback(True)
    assert waiting(broker, "answers") == []
    assert not Outbox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_job_goes_out_at_once_without_a_transaction(broker):
    enqueue(Job.TRAIN, run_id=1)
    assert len(waiting(broker, "retraining")) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker", "redis_down")
def test_a_job_waits_in_the_outbox_while_redis_is_down():
    began = time.monotonic()
    with transaction.atomic():
        enqueue(Job.ANSWER, answer_id=7)
    assert time.monotonic() - began < 2
    assert Outbox.objects.get().sent_at is None


@pytest.mark.django_db(transaction=True)
def test_the_relay_sends_what_waited_once_and_in_order(broker):
    for number in (1, 2):
        promise(ids={"answer_id": number})
    assert [relay(), relay()] == [2, 0]
    assert len(waiting(broker, "answers")) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker", "redis_down")
def test_the_relay_leaves_everything_in_place_while_redis_is_down():
    promise(ids={"answer_id": 1})
    assert relay() == 0
    assert Outbox.objects.filter(sent_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_relay_leaves_to_its_sender_what_was_promised_just_now(broker):
    promise(ago=0)
    assert relay() == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_nobody_knows_any_more_does_not_hold_up_the_line(broker, caplog):
    promise("answers.of_long_ago")
    promise(ids={"answer_id": 1})
    relay()
    assert len(waiting(broker, "answers")) == 1
    assert "answers.of_long_ago" in caplog.text
    assert not Outbox.objects.filter(sent_at=None).exists()


@pytest.mark.django_db
def test_sent_jobs_are_forgotten_after_a_day_and_waiting_ones_never():
    long_ago = timezone.now() - timedelta(days=2)
    Outbox.objects.create(job=Job.ANSWER.value, sent_at=long_ago)
    Outbox.objects.create(job=Job.ANSWER.value, sent_at=timezone.now())
    old_and_waiting = Outbox.objects.create(job=Job.ANSWER.value)
    Outbox.objects.filter(pk=old_and_waiting.pk).update(created_at=long_ago)
    assert jobs.forget_sent() == 1
    assert Outbox.objects.filter(sent_at=None).exists()


@pytest.mark.usefixtures("broker")
def test_a_call_is_late_at_once_when_no_worker_serves_the_queue():
    began = time.monotonic()
    with pytest.raises(jobs.Late, match="none serves the queue"):
        call(Job.SEARCH, timeout=1.0, query="commons")
    assert time.monotonic() - began < 0.5


@pytest.mark.usefixtures("broker")
def test_a_call_is_late_when_the_worker_does_not_answer_in_time():
    replies.show_life("interactive", "busy@test")
    began = time.monotonic()
    with pytest.raises(jobs.Late):
        call(Job.SEARCH, timeout=0.3, query="commons")
    assert 0.2 < time.monotonic() - began < 0.8


@pytest.mark.usefixtures("broker", "redis_down")
def test_a_call_is_late_when_redis_is_down():
    with pytest.raises(jobs.Late):
        call(Job.SEARCH, timeout=0.5, query="commons")


def test_a_call_is_late_when_redis_hangs(settings):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began = time.monotonic()
        with pytest.raises(jobs.Late):
            call(Job.SEARCH, timeout=0.4, query="commons")
        assert time.monotonic() - began < 1


def test_a_reply_can_only_be_given_to_an_address_of_a_reply():
    with pytest.raises(ValueError, match="no address"):
        replies.give("clm:alive:interactive", {"value": 1})
