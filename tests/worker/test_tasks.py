"""Tasks hand ids to one function, say in a few words what it did, and do no harm when they run twice."""

import inspect

import pytest

from clm_site import replies
from clm_site.celery import app
from clm_site.jobs import Job
from clm_site.models import Outbox
from feedback.models import Release, TrainingRun
from inference.models import Answer
from tests.clm_site.test_jobs import broker
from tests.factories.answers import make_answer, make_candidate
from worker import tasks

__all__ = ["broker"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def datasets(settings, tmp_path):
    settings.DATASETS_DIR = tmp_path


@pytest.mark.parametrize("task", [tasks.relay_outbox, tasks.reap_answers, tasks.expire])
def test_nothing_to_do_is_nothing_to_say(task):
    assert task() == ""


def test_a_silent_answer_is_started_again(broker):
    make_answer(state=Answer.State.RUNNING, attempt=1, heartbeat_at="2020-01-01T00:00Z")
    assert tasks.reap_answers() == "1 restarted"
    assert Answer.objects.get().state == Answer.State.PENDING


def test_an_answer_that_is_done_is_not_written_again():
    answer = make_answer(text="As it was [1].")
    tasks.answer(answer.pk)
    answer.refresh_from_db()
    assert answer.text == "As it was [1]."


def test_the_quarterly_release_happens_once():
    make_candidate()
    assert tasks.release_dataset() == "release 1 with 1 rows"
    assert "Nothing has changed" in tasks.release_dataset()
    assert Release.objects.count() == TrainingRun.objects.count() == 1


def test_a_training_run_is_promised_with_its_release():
    make_candidate()
    tasks.release_dataset()
    assert Outbox.objects.get(job=Job.TRAIN.value).ids == {"run_id": TrainingRun.objects.get().pk}


def test_the_heartbeat_shows_that_the_schedule_lives(broker):
    tasks.heartbeat()
    assert replies.sign_of_life("schedule")["node"] == "beat"


def test_tasks_that_are_promised_take_ids_alone():
    """No text anybody wrote stands in the outbox; what the interactive worker is asked is never stored."""
    promised = [app.tasks[job.value] for job in Job if job.queue != "interactive"]
    names = {name for task in promised for name in inspect.signature(task.run).parameters}
    assert names <= {"answer_id", "question_id", "run_id"}
