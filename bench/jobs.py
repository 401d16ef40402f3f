"""What a question to a worker costs beside a bare echo over the same Redis, and what a promised job adds to a commit.

One real worker process as the site starts it, with an embedder that weighs nothing; the search it does is empty.
"""

import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bench.figures import Figure, report
from bench.site import fresh_site

NAME = "jobs"
ROUNDS = 300


class WeighsNothing:
    """An embedder for this benchmark alone: it is loaded by its dotted path, and nothing is ever embedded."""

    name, dimensions = "nothing", 384

    def embed_query(self, text: str) -> None: ...

    def embed(self, texts: Sequence[str]) -> None: ...


def measure() -> Iterator[Figure]:
    os.environ["CLM_EMBEDDER"] = "bench.jobs.WeighsNothing"
    with fresh_site():
        from django.conf import settings
        from django.db import transaction

        from clm_site import replies
        from clm_site.jobs import Job, call, enqueue
        from clm_site.models import Outbox

        echo = multiprocessing.get_context("spawn").Process(target=_echo, args=(settings.REDIS_URL,), daemon=True)
        echo.start()
        worker = _worker()
        try:
            _wait(lambda: replies.sign_of_life("interactive"))
            wire = replies.client(5.0)
            bare = _median(lambda: (wire.rpush("bench:in", "{}"), wire.blpop(["bench:out"], timeout=5)))
            ours = _median(lambda: call(Job.SEARCH, timeout=5, query=""))
            yield Figure(
                NAME, "a question to a worker ÷ a bare echo", ours / bare, note=f"{ours:.2f} ms, echo {bare:.2f} ms"
            )
        finally:
            echo.kill()
            worker.terminate()
            worker.wait(30)

        def written() -> None:
            with transaction.atomic():
                Outbox.objects.create(job="bench", ids={"answer_id": 1})

        def promised() -> None:
            with transaction.atomic():
                enqueue(Job.ANSWER, answer_id=1)

        row, whole = _median(written), _median(promised)
        yield Figure(NAME, "a promised job ÷ one row written", whole / row, note=f"{whole:.2f} ms, row {row:.2f} ms")


def _worker() -> subprocess.Popen[bytes]:
    command = ["-m", "celery", "-A", "clm_site.celery", "worker", "-Q", "interactive", "-P", "threads", "-c", "4"]
    quiet = ["-n", "bench@clm", "--without-gossip", "--without-mingle", "--loglevel", "ERROR"]
    return subprocess.Popen([sys.executable, *command, *quiet], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _echo(url: str) -> None:
    import redis

    wire = redis.Redis.from_url(url, socket_timeout=None)
    while True:
        _, text = wire.blpop(["bench:in"])
        wire.rpush("bench:out", json.dumps(json.loads(text)))


def _median(act: Callable[[], Any]) -> float:
    """Milliseconds of the median round, after a tenth to warm up."""
    took = []
    for _ in range(ROUNDS + ROUNDS // 10):
        started = time.perf_counter()
        act()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took[ROUNDS // 10 :])


def _wait(condition: Callable[[], Any], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("The worker did not start within a minute.")
        time.sleep(0.1)


if __name__ == "__main__":
    report(measure)
