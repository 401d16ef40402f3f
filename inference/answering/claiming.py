"""One worker at a time has an answer, shows that it lives, and ends it with exactly one final row.

Everything that changes a running answer is guarded by (state, attempt): a worker that was given up for lost can still
finish its sentence, but not the answer.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections, transaction
from django.db.models import F
from django.utils import timezone

from inference.answering.liveness import this_process
from inference.models import Answer, Citation, UsageRecord

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Running:
    """An answer in this worker's hands."""

    answer_id: int
    attempt: int
    public_id: str

    def row(self) -> Any:
        """The answer, as long as it is still ours."""
        return Answer.objects.filter(pk=self.answer_id, state=Answer.State.RUNNING, attempt=self.attempt)


def claim(answer_id: int) -> Running | None:
    """Take a pending answer; None when another worker has it, or it is finished or gone."""
    now = timezone.now()
    taken = Answer.objects.filter(pk=answer_id, state=Answer.State.PENDING).update(
        state=Answer.State.RUNNING,
        attempt=F("attempt") + 1,
        worker=this_process(),
        started_at=now,
        heartbeat_at=now,
    )
    if not taken:
        return None
    answer = Answer.objects.only("attempt", "public_id").get(pk=answer_id)
    return Running(answer_id, answer.attempt, answer.public_id)


@contextmanager
def heartbeat(running: Running) -> Iterator[threading.Event]:
    """Sign of life every `HEARTBEAT_EVERY` seconds; yields an event that is set once the answer is ours no longer."""
    over, lost = threading.Event(), threading.Event()

    def beat() -> None:
        while not over.wait(settings.HEARTBEAT_EVERY):
            try:
                close_old_connections()
                if not running.row().update(heartbeat_at=timezone.now()):
                    lost.set()
                    break
            except DatabaseError as problem:
                log.warning("no heartbeat for answer %s: %s", running.public_id, type(problem).__name__)
        connections.close_all()

    thread = threading.Thread(target=beat, name=f"heartbeat {running.public_id[:6]}", daemon=True)
    thread.start()
    try:
        yield lost
    finally:
        over.set()
        thread.join(timeout=5)


def finish(
    running: Running,
    *,
    state: str,
    citations: Sequence[Citation] = (),
    usage: UsageRecord | None = None,
    **fields: Any,
) -> bool:
    """Write the one final row with its citations and usage; False (and nothing written) when it is ours no longer."""
    with transaction.atomic():
        if not running.row().update(state=state, finished_at=timezone.now(), **fields):
            log.warning("answer %s: attempt %d was given up before it ended", running.public_id, running.attempt)
            return False
        for citation in citations:
            citation.answer_id = running.answer_id
        Citation.objects.bulk_create(citations)
        if usage is not None:
            usage.answer_id = running.answer_id
            usage.save()
    return True
