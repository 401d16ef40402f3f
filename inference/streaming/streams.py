"""The wire between the worker that writes an answer and the pages that show it: one Redis Stream an attempt.

PostgreSQL is the truth; a Redis that is down costs the visitor the live view, never the answer. This half is the
worker's; `inference.streaming.watching` is the web's. An entry is `{event, data}` with `data` as JSON; its id is
Redis's own.
"""

import contextlib
import json
import logging
import threading
from collections.abc import Iterator
from functools import cache
from typing import Any, Self

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

FLUSH_EVERY = 0.04  # seconds a token waits at most for company
STOP_KEPT = 600  # seconds
LONGEST_STREAM = 20_000  # entries


def key(public_id: str, attempt: int) -> str:
    """The stream of one attempt at one answer."""
    return f"clm:answer:{public_id}:{attempt}"


@cache
def connection() -> redis.Redis:
    """This process's client; made once, safe to share between threads."""
    return redis.Redis.from_url(settings.REDIS_URL, **options())


def options(*, wait: float = 5) -> dict[str, Any]:
    """How both halves connect: texts, `wait` seconds for a reply, and one more try rather than many seconds of them."""
    return {
        "decode_responses": True,
        "socket_timeout": wait,
        "socket_connect_timeout": 2,
        "health_check_interval": 10,
        "retry": Retry(NoBackoff(), 1),
    }


def append(public_id: str, attempt: int, event: str, data: dict[str, Any]) -> bool:
    """Add one event; False (and a line in the log) when Redis does not take it."""
    try:
        with connection().pipeline(transaction=False) as pipe:
            _add(pipe, key(public_id, attempt), event, data)
            pipe.execute()
    except redis.RedisError as problem:
        log.warning("the stream of answer %s is not written: %s", public_id, type(problem).__name__)
        return False
    return True


def ask_to_stop(public_id: str) -> None:
    """Leave word for whichever worker is writing this answer; raises `redis.RedisError` when it cannot be left."""
    connection().set(_stop_key(public_id), "1", ex=STOP_KEPT)


class Writer:
    """Sends an answer's events; tokens go out in batches from a thread of its own, which also hears a wish to stop.

    Use as a context manager. `text` is all that was written; `stopped` is set once somebody asked.
    """

    def __init__(self, public_id: str, attempt: int) -> None:
        self.public_id, self.attempt = public_id, attempt
        self.text = ""
        self.stopped = threading.Event()
        self._waiting = ""
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._flush_often, name=f"stream {public_id[:6]}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._wake.set()
        self._thread.join(timeout=10)

    def step(self, name: str, words: str) -> None:
        """Say what happens now, in words the visitor reads."""
        self.event("step", {"name": name, "words": words})

    def write(self, text: str) -> None:
        """Add a piece of the answer; returns at once."""
        if text:
            with self._lock:
                self.text += text
                self._waiting += text
            self._wake.set()

    def event(self, event: str, data: dict[str, Any]) -> None:
        """Send `event` now, after the tokens that wait."""
        with self._lock:
            self._send(event, data)

    def _flush_often(self) -> None:
        while not self._over.is_set():
            self._wake.wait(timeout=0.5)
            self._wake.clear()
            with self._lock:
                self._send(None, {})
            self._over.wait(FLUSH_EVERY)
        with self._lock:
            self._send(None, {})

    def _send(self, event: str | None, data: dict[str, Any]) -> None:
        name = key(self.public_id, self.attempt)
        try:
            with connection().pipeline(transaction=False) as pipe:
                if self._waiting:
                    _add(pipe, name, "token", {"text": self._waiting})
                if event:
                    _add(pipe, name, event, data)
                pipe.exists(_stop_key(self.public_id))
                *_, stop = pipe.execute()
        except redis.RedisError as problem:
            log.warning("the stream of answer %s is not written: %s", self.public_id, type(problem).__name__)
            return
        self._waiting = ""
        if stop:
            self.stopped.set()


def forget_stop(public_id: str) -> None:
    """Clear the wish to stop, once it was heard."""
    with contextlib.suppress(redis.RedisError):
        connection().delete(_stop_key(public_id))


def replay(public_id: str, attempt: int, *, after: str = "0-0") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (id, event, data) of what is kept after `after`; for tests, tools and a finished answer."""
    for entry, fields in connection().xrange(key(public_id, attempt), min=f"({after}"):
        yield entry, fields["event"], json.loads(fields["data"])


def _add(pipe: Any, name: str, event: str, data: dict[str, Any]) -> None:
    pipe.xadd(name, {"event": event, "data": json.dumps(data)}, maxlen=LONGEST_STREAM, approximate=True)
    pipe.expire(name, settings.STREAM_KEPT)


def _stop_key(public_id: str) -> str:
    return f"clm:stop:{public_id}"
