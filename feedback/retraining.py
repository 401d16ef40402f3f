"""The queue of training runs: a release waits as a row and a job until a machine with a trainer takes it."""

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from clm_site.jobs import Job, enqueue
from feedback.models import Release, TrainingRun

WAITING = "Waiting for a trainer; no trainer is installed on this machine."


def queue(release: Release) -> TrainingRun:
    """Have `release` trained on by whoever serves the `retraining` queue, which no process does by default."""
    run = TrainingRun.objects.create(release=release, note="Waiting for a trainer.")
    enqueue(Job.TRAIN, run_id=run.pk)
    return run


def take(run_id: int) -> str:
    """Train on a waiting run where `settings.TRAINER` names a trainer; otherwise say that it still waits.

    A trainer is a dotted path to a callable that takes the run. Safe to call twice: only a waiting run is taken.
    """
    trainer = getattr(settings, "TRAINER", "")
    if not trainer:
        TrainingRun.objects.filter(pk=run_id, state=TrainingRun.State.QUEUED).update(note=WAITING)
        return f"run {run_id}: {WAITING}"
    taken = TrainingRun.objects.filter(pk=run_id, state=TrainingRun.State.QUEUED).update(
        state=TrainingRun.State.RUNNING, started_at=timezone.now(), note=""
    )
    if not taken:
        return f"run {run_id} is not waiting"
    run = TrainingRun.objects.select_related("release").get(pk=run_id)
    try:
        import_string(trainer)(run)
    except Exception as problem:
        _end(run, TrainingRun.State.FAILED, f"The trainer stopped: {type(problem).__name__}: {problem}")
        raise
    _end(run, TrainingRun.State.DONE, "")
    return f"run {run_id} is done"


def _end(run: TrainingRun, state: str, note: str) -> None:
    run.state, run.note, run.finished_at = state, note, timezone.now()
    run.save(update_fields=["state", "note", "finished_at"])
