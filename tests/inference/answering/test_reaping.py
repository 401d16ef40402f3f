"""Answers whose worker died: started again once, then failed in words; and jobs that were lost."""

from collections.abc import Iterator

import pytest
import redis

from clm_site.models import Outbox
from inference.answering.claiming import claim, finish
from inference.answering.liveness import this_process
from inference.answering.reaping import reap, take_back
from inference.models import Answer
from inference.streaming import streams
from tests.factories.asking import make_answer

pytestmark = pytest.mark.django_db

RUNNING = Answer.State.RUNNING


@pytest.fixture
def queue(settings) -> Iterator[redis.Redis]:
    """The test run's Redis with an empty queue of answers."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.delete("clm:answers")
        yield client
        client.delete("clm:answers")


@pytest.fixture
def gone() -> str:
    """The name of a process of this machine that lives no longer."""
    host, pid, _, place = this_process().rsplit(":", 3)
    return f"{host}:{pid}:1:{place}"


def test_a_silent_attempt_is_started_again():
    answer = make_answer(state=RUNNING, attempt=1, silent=30)
    assert reap().restarted == (answer.public_id,)
    answer.refresh_from_db()
    assert answer.state == Answer.State.PENDING
    assert Outbox.objects.get().ids == {"answer_id": answer.pk}
    assert [name for _, name, _ in streams.replay(answer.public_id, 1)] == ["moved"]


def test_the_last_attempt_fails_in_words():
    answer = make_answer(state=RUNNING, attempt=2, silent=30)
    assert reap().failed == (answer.public_id,)
    answer.refresh_from_db()
    assert answer.state == Answer.State.FAILED
    assert "ask again" in answer.error
    assert [name for _, name, _ in streams.replay(answer.public_id, 2)] == ["done"]


def test_an_attempt_that_shows_life_is_left_alone():
    make_answer(state=RUNNING, attempt=1, silent=3)
    assert reap() == type(reap())()


def test_an_attempt_whose_process_is_gone_is_started_again_without_waiting_for_silence(gone):
    answer = make_answer(state=RUNNING, attempt=1, silent=1, worker=gone)
    assert reap().restarted == (answer.public_id,)


def test_the_message_of_a_killed_worker_brings_the_next_attempt_at_once(gone):
    answer = make_answer(state=RUNNING, attempt=1, silent=1, worker=gone)
    assert take_back(answer.pk)
    assert claim(answer.pk).attempt == 2
    assert not Outbox.objects.exists()


def test_a_question_that_kills_each_worker_ends_in_words(gone):
    answer = make_answer(state=RUNNING, attempt=2, silent=1, worker=gone)
    assert not take_back(answer.pk)
    answer.refresh_from_db()
    assert (answer.state, "ask again" in answer.error) == (Answer.State.FAILED, True)


def test_a_message_that_comes_twice_takes_nothing_from_a_living_worker():
    answer = make_answer()
    claim(answer.pk)
    assert not take_back(answer.pk)
    answer.refresh_from_db()
    assert answer.state == RUNNING


def test_an_untaken_answer_whose_message_is_lost_is_enqueued_again(queue):
    answer = make_answer(silent=20)
    assert reap().enqueued == (answer.public_id,)
    assert reap().enqueued == ()


def test_an_answer_that_waits_in_a_long_queue_is_left_there(queue):
    make_answer(silent=90)
    queue.rpush("clm:answers", "a message")
    assert reap().enqueued == ()


def test_a_worker_given_up_for_lost_cannot_end_the_answer():
    answer = make_answer()
    first = claim(answer.pk)
    Answer.objects.filter(pk=answer.pk).update(heartbeat_at="2020-01-01T00:00:00Z")
    reap()
    second = claim(answer.pk)
    assert second.attempt == 2
    assert not finish(first, state=Answer.State.DONE, text="late")
    assert finish(second, state=Answer.State.DONE, text="right")
    answer.refresh_from_db()
    assert answer.text == "right"


def test_a_second_worker_does_not_get_what_is_taken():
    answer = make_answer()
    assert claim(answer.pk)
    assert claim(answer.pk) is None
