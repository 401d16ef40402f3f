"""The list of jobs and the list of tasks are the same list, and no default process trains."""

from clm_site.celery import app
from clm_site.jobs import Job


def test_every_job_is_a_task_and_every_task_a_job():
    app.loader.import_default_modules()
    ours = {name for name, task in app.tasks.items() if task.__module__ == "worker.tasks"}
    assert ours == set(Job)


def test_every_queue_but_retraining_is_served_by_a_process_of_the_site(tmp_path):
    from clm_site.supervisor.programs import workers

    served = {command[command.index("-Q") + 1] for command in (program.command for program in workers(tmp_path))}
    assert served == {job.queue for job in Job} - {"retraining"}
