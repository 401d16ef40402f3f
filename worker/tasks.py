"""Every background task: ids in, one plain function of a room called, and what it did handed back in a few words.

What a task returns is its log line (see worker.runtime): nothing for nothing done, never a text somebody wrote.
Functions are imported inside, so that a worker loads only what its own queue needs.
"""

from dataclasses import asdict
from typing import Any

from celery import Task, shared_task

from clm_site.jobs import Job
from worker.replying import replying
from worker.solo import one_at_a_time


@shared_task(name=Job.ANSWER.value)
def answer(answer_id: int) -> str:
    from inference.answering.running import answer as write

    write(answer_id)
    return f"answer {answer_id}"


@shared_task(name=Job.SEARCH.value, bind=True)
@replying
def search(
    _task: Task, query: str, limit: int = 20, filters: dict[str, Any] | None = None, one_each: bool = False
) -> dict[str, Any]:
    from inference import retrieval

    return asdict(retrieval.search(query, limit=limit, filters=filters, one_each=one_each))


@shared_task(name=Job.EMBED.value, bind=True)
@replying
def embed(_task: Task, texts: list[str], queries: bool = False, model: str = "") -> list[list[float]]:
    from inference.retrieval import vector

    return vector.vectors_here(texts, queries=queries, model=model).tolist()


@shared_task(name=Job.FOLLOW_LIBRARY.value)
def follow_library() -> str:
    from inference import indexing

    return str(indexing.follow())


@shared_task(name=Job.BUILD_GRAPH.value)
@one_at_a_time
def build_graph() -> str:
    from inference import indexing

    return indexing.build_graph()


@shared_task(name=Job.DOUBT_RELATIONS.value)
@one_at_a_time
def doubt_relations() -> str:
    from patterns.doubting import keeping

    return keeping.follow()


@shared_task(name=Job.GATHER_QUESTIONS.value)
@one_at_a_time
def gather_questions() -> str:
    from inference.wanted.gathering import gather

    return str(gather())


@shared_task(name=Job.LOOK_AT_ANSWER.value)
def look_at_answer(answer_id: int | None = None, question_id: int | None = None) -> str:
    from feedback.judging.cases import look

    return look(answer_id=answer_id, question_id=question_id)


@shared_task(name=Job.RELAY_OUTBOX.value)
def relay_outbox() -> str:
    from clm_site import jobs

    sent = jobs.relay()
    return f"{sent} sent late" if sent else ""


@shared_task(name=Job.REAP_ANSWERS.value)
def reap_answers() -> str:
    from inference.answering.reaping import reap

    reaped = reap()
    counts = {name: len(ids) for name, ids in asdict(reaped).items() if ids}
    return ", ".join(f"{count} {name}" for name, count in counts.items())


@shared_task(name=Job.SEND_NOTICES.value)
@one_at_a_time
def send_notices() -> str:
    from patterns.people.notices.mailing import send_due

    sent = send_due()
    return f"{sent} mails" if sent else ""


@shared_task(name=Job.EXPIRE.value)
def expire() -> str:
    from worker.housekeeping import sweep

    return ", ".join(f"{count} {what}" for what, count in sweep().items() if count)


@shared_task(name=Job.HEARTBEAT.value)
def heartbeat() -> str:
    from clm_site import replies

    replies.show_life("schedule", "beat")
    return ""


@shared_task(name=Job.RELEASE_DATASET.value)
def release_dataset() -> str:
    from feedback import releasing

    return releasing.release_if_new()


@shared_task(name=Job.TRAIN.value)
def train(run_id: int) -> str:
    from feedback import retraining

    return retraining.take(run_id)
