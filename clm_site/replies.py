"""How a worker's answer to `jobs.call` comes back: one Redis list a call, read with the caller's own deadline.

Celery's result backend is not used: it keeps a subscription a thread (each request under ASGI has its own), and a lost
connection there ends in an error that asks for a restart.
"""

import json
import time
import uuid
from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

PREFIX = "clm:reply:"
ALIVE = "clm:alive:"
KEPT = 30  # seconds an answer waits for a caller that may have gone
SIGN_KEPT = 20  # seconds a sign of life is believed
SIGN_EVERY = 5


class NoReply(Exception):
    """Nothing came in time; the message says what is known."""


def new_address() -> str:
    return PREFIX + uuid.uuid4().hex


def give(address: str, reply: dict[str, Any]) -> None:
    """Answer a call: `{"value": …}` or `{"problem": "a sentence"}`. A caller that left costs nothing."""
    if not address.startswith(PREFIX):
        raise ValueError(f"{address!r} is no address of a reply.")
    with client(5.0).pipeline(transaction=True) as pipe:
        pipe.rpush(address, json.dumps(reply)).expire(address, KEPT).execute()


def take(address: str, *, deadline: float) -> dict[str, Any]:
    """Wait for the answer until `deadline` (of `time.monotonic`); raises `NoReply`, or `redis.RedisError`."""
    left = deadline - time.monotonic()
    found = client(left + 0.1).blpop([address], timeout=left) if left > 0.001 else None
    if not found:
        raise NoReply("it was not done in time")
    return json.loads(found[1])


def show_life(queue: str, node: str) -> None:
    """Say that somebody serves `queue`. Called every `SIGN_EVERY` seconds by each worker that takes jobs."""
    client(5.0).set(ALIVE + queue, json.dumps({"node": node, "at": time.time()}), ex=SIGN_KEPT)


def sign_of_life(queue: str, *, timeout: float = 1.0) -> dict[str, Any] | None:
    """`{node, at}` of the worker last heard on `queue` in the last `SIGN_KEPT` seconds, else None."""
    found = client(timeout).get(ALIVE + queue)
    return json.loads(found) if found else None


def client(timeout: float) -> redis.Redis:
    """A connection pool whose every command ends within about `timeout` seconds, without hidden retries."""
    return _client(settings.REDIS_URL, max(0.1, round(timeout, 1)))


@cache
def _client(url: str, timeout: float) -> redis.Redis:
    return redis.Redis.from_url(
        url,
        socket_timeout=timeout,
        socket_connect_timeout=min(1.0, timeout),
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
