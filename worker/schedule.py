"""What happens by itself, and how often. Entries expire before the next, so that a busy worker gathers no pile."""

from typing import Any

from celery.schedules import crontab

from clm_site.jobs import Job

SECOND, MINUTE, HOUR = 1, 60, 3600


def _every(seconds: int, job: Job) -> dict[str, Any]:
    return {"task": job.value, "schedule": seconds, "options": {"queue": job.queue, "expires": seconds}}


def _at(when: crontab, job: Job) -> dict[str, Any]:
    return {"task": job.value, "schedule": when, "options": {"queue": job.queue, "expires": HOUR}}


SCHEDULE: dict[str, dict[str, Any]] = {
    "send what the outbox holds": _every(5 * SECOND, Job.RELAY_OUTBOX),
    "notice answers that went silent": _every(5 * SECOND, Job.REAP_ANSWERS),
    "show that the schedule is alive": _every(5 * SECOND, Job.HEARTBEAT),
    "index what changed in the library": _every(10 * SECOND, Job.FOLLOW_LIBRARY),
    "redraw the graph when the library changed": _every(20 * SECOND, Job.BUILD_GRAPH),
    "doubt suggested relations when the library changed": _every(20 * SECOND, Job.DOUBT_RELATIONS),
    "gather what the library could not answer": _every(MINUTE, Job.GATHER_QUESTIONS),
    "mail what people are told": _every(MINUTE, Job.SEND_NOTICES),
    "forget what has been kept long enough": _every(HOUR, Job.EXPIRE),
    "cut the quarter's dataset": _at(
        crontab(minute=30, hour=3, day_of_month=1, month_of_year="1,4,7,10"), Job.RELEASE_DATASET
    ),
}
