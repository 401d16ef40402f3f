"""What one open answer page is sent: Server-Sent Events from the answer's stream, with the database as safety net.

Event ids are `<attempt>:<entry>`, so that a page that comes back resumes exactly, and one that watched an attempt
which was lost is told to start over. (https://html.spec.whatwg.org/multipage/server-sent-events.html)
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connections
from redis.exceptions import RedisError

from inference.models import Answer
from inference.presenting import finished_event
from inference.streams import key, replay
from inference.watching import Closing, reader

HEARTBEAT = 15  # seconds
FIRST_LOOK = 4  # seconds without any event before the database is asked whether a worker has the answer
POLL = 1.0  # seconds between looks at the database while Redis is away
# All that can be said while the database is away: a stream that ends is opened again, one that fails is not.
COME_BACK = b"retry: 2000\n\n: the database is away, come back\n\n"


@dataclass(frozen=True)
class Standing:
    """Where an answer is, as the database says: enough to carry on without holding a connection."""

    state: str
    attempt: int
    finished: dict[str, Any] | None = None


def standing(public_id: str) -> Standing:
    """One query, four more when the answer is finished; raises `Answer.DoesNotExist`."""
    answer = Answer.objects.select_related("question").get(public_id=public_id)
    return Standing(answer.state, answer.attempt, finished_event(answer) if answer.finished else None)


async def look(public_id: str) -> Standing:
    """The standing now; the database connection is given back before this returns."""

    def look_and_let_go() -> Standing:
        try:
            return standing(public_id)
        finally:
            connections.close_all()

    return await sync_to_async(look_and_let_go)()


async def events(public_id: str, now: Standing, *, resume: str = "") -> AsyncIterator[bytes]:
    """The bytes of the response from `resume` (a last event id, or nothing) until the answer is finished."""
    attempt, after = _resume_point(resume)
    current = now.attempt or 1
    yield b"retry: 1000\n\n"
    if attempt and attempt != current:
        yield _message("reset", {})
    after = after if attempt == current else "0-0"
    try:
        if now.finished:
            async for message in _finished(public_id, current, after, now.finished):
                yield message
            return
        async for message in _live(public_id, current, after):
            yield message
    except Closing:
        yield b"retry: 300\n: this server restarts, come back\n\n"
    except DatabaseError:
        yield COME_BACK
    except (RedisError, OSError):
        async for message in _polled(public_id):
            yield message


async def _live(public_id: str, attempt: int, after: str) -> AsyncIterator[bytes]:
    while True:
        moved, quiet = False, FIRST_LOOK
        async for event in reader().follow(key(public_id, attempt), after=after, idle=FIRST_LOOK):
            if event is None:
                now = await look(public_id)
                quiet += FIRST_LOOK
                if now.finished:
                    yield _message("done", now.finished)
                    return
                moved = now.attempt > attempt
                if now.state == Answer.State.PENDING:
                    yield _message("waiting", {"seconds": quiet})
                elif quiet >= HEARTBEAT:
                    quiet = 0
                    yield b": still here\n\n"
            elif event.name == "moved":
                moved = True
            else:
                yield _message(event.name, event.data, id_=f"{attempt}:{event.id}")
                if event.name == "done":
                    return
            if moved:
                break
        attempt, after = attempt + 1, "0-0"
        yield _message("reset", {})


async def _finished(public_id: str, attempt: int, after: str, done: dict[str, Any]) -> AsyncIterator[bytes]:
    """Replay what the stream still has; where it is gone or has no end, the end comes from the database."""
    try:
        kept = await sync_to_async(lambda: list(replay(public_id, attempt, after=after)))()
    except RedisError:
        kept = []
    for entry, name, data in kept:
        yield _message(name, data, id_=f"{attempt}:{entry}")
    if not kept or kept[-1][1] != "done":
        yield _message("done", done)


async def _polled(public_id: str) -> AsyncIterator[bytes]:
    yield _message("step", {"name": "offline", "words": "The live view is not available; the answer follows whole."})
    try:
        while not (now := await look(public_id)).finished:
            yield b": still here\n\n"
            await asyncio.sleep(POLL)
        yield _message("done", now.finished or {})
    except DatabaseError:
        yield COME_BACK


def _resume_point(resume: str) -> tuple[int, str]:
    attempt, _, entry = resume.partition(":")
    return (int(attempt), entry or "0-0") if attempt.isascii() and attempt.isdigit() else (0, "0-0")


def _message(name: str, data: dict[str, Any], *, id_: str = "") -> bytes:
    """One event; JSON has no line breaks, so `data` is one line whatever a model or a visitor wrote."""
    head = f"id: {id_}\n" if id_ else ""
    return f"{head}event: {name}\ndata: {json.dumps(data)}\n\n".encode()
