"""A release holds what people accepted, is named by its content, and waits on the retraining queue."""

import hashlib
import json
import shutil
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from clm_site.models import Outbox
from clm_site.supervisor.programs import workers
from feedback import retraining
from feedback.models import Candidate, Release, TrainingRun
from feedback.recording import rate
from feedback.releasing import NothingToRelease, Unchanged, folder_of, release_dataset
from tests.factories.answers import make_answer, make_candidate
from tests.factories.library import make_pattern, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def datasets(settings, tmp_path):
    settings.DATASETS_DIR = tmp_path / "datasets"
    return settings.DATASETS_DIR


def rows_of(release: Release, path: str = "train.jsonl") -> list[dict]:
    return [json.loads(line) for line in (folder_of(release) / path).read_text().splitlines()]


def test_an_accepted_correction_is_a_row():
    make_candidate(text="A better answer [1].")
    (row,) = rows_of(release_dataset(by=None))
    assert row["messages"][-1] == {"role": "assistant", "content": "A better answer [1]."}


@pytest.mark.parametrize("state", [Candidate.State.PROPOSED, Candidate.State.REJECTED])
def test_what_nobody_accepted_is_no_row(state):
    make_candidate()
    make_candidate(state=state)
    assert release_dataset(by=None).rows == 1


def test_there_is_no_release_without_an_accepted_row(datasets):
    with pytest.raises(NothingToRelease):
        release_dataset(by=None)
    assert not datasets.exists()


def test_the_same_content_is_no_new_release():
    make_candidate()
    first = release_dataset(by=None)
    with pytest.raises(Unchanged) as said:
        release_dataset(by=None)
    assert said.value.release == first
    assert "Nothing has changed" in str(said.value)


def test_files_somebody_deleted_are_written_again():
    make_candidate()
    release = release_dataset(by=None)
    shutil.rmtree(folder_of(release))
    with pytest.raises(Unchanged):
        release_dataset(by=None)
    assert rows_of(release)


def test_the_folder_is_named_by_version_and_content():
    make_candidate()
    folder = folder_of(release_dataset(by=None))
    assert folder.name == f"1-{hashlib.sha256((folder / 'manifest.json').read_bytes()).hexdigest()[:12]}"


def test_nothing_half_written_is_left(datasets):
    make_candidate()
    release = release_dataset(by=None)
    assert [each.name for each in datasets.iterdir()] == [folder_of(release).name]


def test_two_databases_in_other_orders_give_the_same_bytes(settings, tmp_path):
    """The same people and patterns, written in another order and so with other keys and dates."""

    def told(order: list[int], where: str) -> dict[str, bytes]:
        settings.DATASETS_DIR = tmp_path / where
        people = {name: make_user(name) for name in (["Ada", "Grace"] if where == "one" else ["Grace", "Ada"])}
        for number in order:
            pattern = make_pattern(f"Pattern number {number}", uid=f"pat_same_{number}")
            answer = make_answer(f"What is {number}?", f"Wrong {number}.", cites=(pattern,))
            make_candidate(answer, text=f"Right {number} [1].", author=people["Ada"], reviewer=people["Grace"])
        folder = folder_of(release_dataset(by=None))
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = transaction.savepoint()
    one = told(list(range(20)), "one")
    transaction.savepoint_rollback(before)
    assert told(list(reversed(range(20))), "two") == one


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_num_queries):
    from feedback.curation import accepted_examples

    for count in (1, 2):
        for _ in range(count):
            make_candidate()
        with django_assert_num_queries(3):
            list(accepted_examples())


def test_verdicts_on_the_corrected_answer_are_unpaired_rows():
    candidate = make_candidate()
    rate(candidate.answer, visitor="one", helpful=False)
    release = release_dataset(by=None)
    labels = [row["label"] for row in rows_of(release, "unpaired/train.jsonl")]
    assert sorted(labels) == [False, True]


def test_a_release_waits_on_the_retraining_queue():
    make_candidate()
    release = release_dataset(by=None)
    run = release.runs.get()
    assert run.state == TrainingRun.State.QUEUED
    assert Outbox.objects.filter(job="retraining.train", ids={"run_id": run.pk}).exists()


def test_a_machine_without_a_trainer_says_so_and_the_run_goes_on_waiting():
    make_candidate()
    run = release_dataset(by=None).runs.get()
    retraining.take(run.pk)
    run.refresh_from_db()
    assert run.state == TrainingRun.State.QUEUED
    assert "no trainer is installed on this machine" in run.note


def test_a_trainer_takes_a_run_once(settings):
    settings.TRAINER = "tests.feedback.test_releasing.trainer"
    make_candidate()
    run = release_dataset(by=None).runs.get()
    assert [retraining.take(run.pk), retraining.take(run.pk)] == [
        f"run {run.pk} is done",
        f"run {run.pk} is not waiting",
    ]


def trainer(run: TrainingRun) -> None:
    assert run.state == TrainingRun.State.RUNNING


def test_no_process_of_the_site_takes_training_runs_by_itself(tmp_path):
    assert not [program.name for program in workers(tmp_path) if "retraining" in " ".join(program.command)]


def test_the_database_refuses_a_row_its_author_accepted():
    author = make_user()
    with pytest.raises(IntegrityError, match="candidate_by_another_person"):
        make_candidate(author=author, reviewer=author)


def test_the_database_refuses_a_row_nobody_accepted():
    with pytest.raises(IntegrityError, match="accepted_by_a_person"):
        make_candidate(reviewer=None)


def test_the_command_tells_machines_what_it_made():
    make_candidate()
    said = json.loads(command("--json"))
    assert (said["made"], said["version"], said["rows"]) == (True, 1, 1)
    assert json.loads(command("--json"))["made"] is False


def test_the_command_says_in_words_that_nothing_changed():
    make_candidate()
    assert "waits on the retraining queue" in command()
    assert "Nothing has changed since release 1" in command()


def test_the_command_says_in_words_that_there_is_nothing_yet():
    assert "No row has been accepted yet" in command()


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("release_dataset", *arguments, stdout=out)
    return out.getvalue()
