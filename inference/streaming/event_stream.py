"""What one open answer page is sent: Server-Sent Events from the answer's stream, with the database as safety net.

Event ids are `<attempt>:<entry>`, so that a page that comes back resumes exactly, and one that watched an attempt
which was lost is told to start over. (https://html.spec.whatwg.org/multipage/server-sent-events.html)
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import override
from redis.exceptions import RedisError

from inference.models import Answer
from inference.showing.presenting import finished_event
from inference.streaming.live import LivePage
from inference.streaming.looking import give_thread_back, looked
from inference.streaming.streams import replay
from inference.streaming.watching import Closing

POLL = 1.0  # seconds between looks at the database while Redis is away
POLLS = 10  # looks after which the page comes back to see whether Redis has
# All that can be said while the database is away: a stream that ends is opened again, one that fails is not.
COME_BACK = b"retry: 2000\n\n: not known just now, come back\n\n"


@dataclass(frozen=True)
class Standing:
    """Where an answer is, as the database says: enough to carry on without holding a connection."""

    state: str
    attempt: int
    finished: dict[str, Any] | None = None


def standing(public_id: str) -> Standing:
    """One query, and those of the finished answer; raises `Answer.DoesNotExist`."""
    answer = Answer.objects.select_related("question", "model").get(public_id=public_id)
    return Standing(answer.state, answer.attempt, finished_event(answer) if answer.finished else None)


async def look(public_id: str, *, language: str = "") -> Standing:
    """The standing now, in words of `language`; the database connection is given back before this returns."""

    def in_words() -> Standing:
        with override(language or settings.LANGUAGE_CODE):
            return standing(public_id)

    return await looked(in_words)


async def events(public_id: str, now: Standing, *, resume: str = "", language: str = "") -> AsyncIterator[bytes]:
    """The bytes of the response from `resume` (a last event id, or nothing) until the answer is finished.

    The worker writes the last event in the site's own language; who reads in another gets it in that.
    """
    give_thread_back()
    attempt, after = _resume_point(resume)
    current = now.attempt or 1
    yield b"retry: 1000\n\n"
    if attempt and attempt != current:
        yield _message("reset", {})
    after = after if attempt == current else "0-0"
    translated = language not in {"", settings.LANGUAGE_CODE}
    try:
        if now.finished:
            async for message in _finished(public_id, current, after, now.finished, translated=translated):
                yield message
            return
        waiting = now.state == Answer.State.PENDING
        page = LivePage(public_id, attempt=current, after=after, waiting=waiting, language=language)
        async for name, data, id_ in page.events():
            if name == "done" and (translated or not data):
                ended = (await look(public_id, language=language)).finished
                yield _message(name, ended, id_=id_) if ended else COME_BACK
                return
            yield _message(name, data, id_=id_)
    except Answer.DoesNotExist:
        return
    except Closing:
        yield b"retry: 300\n: this server restarts, come back\n\n"
    except DatabaseError:
        yield COME_BACK
    except (RedisError, OSError):
        async for message in _polled(public_id, language):
            yield message


async def _finished(
    public_id: str, attempt: int, after: str, done: dict[str, Any], *, translated: bool
) -> AsyncIterator[bytes]:
    """Replay what the stream still has; where it is gone or has no end, the end comes from the database."""
    try:
        kept = await looked(lambda: list(replay(public_id, attempt, after=after)))
    except RedisError:
        kept = []
    for entry, name, data in kept:
        yield _message(name, done if translated and name == "done" else data, id_=f"{attempt}:{entry}")
    if not kept or kept[-1][1] != "done":
        yield _message("done", done)


async def _polled(public_id: str, language: str) -> AsyncIterator[bytes]:
    with override(language or settings.LANGUAGE_CODE):
        words = _("The live view is not available; the answer follows whole.")
    yield _message("step", {"name": "offline", "words": words})
    try:
        for _look in range(POLLS):
            now = await look(public_id, language=language)
            if now.finished:
                yield _message("done", now.finished)
                return
            yield b": still here\n\n"
            await asyncio.sleep(POLL)
        yield COME_BACK  # the live view may be there again
    except DatabaseError:
        yield COME_BACK


def _resume_point(resume: str) -> tuple[int, str]:
    attempt, _sign, entry = resume.partition(":")
    return (int(attempt), entry or "0-0") if attempt.isascii() and attempt.isdigit() else (0, "0-0")


def _message(name: str, data: dict[str, Any], *, id_: str = "") -> bytes:
    """One event; JSON has no line breaks, so `data` is one line whatever a model or a visitor wrote. No name: a sign
    of life, which is a comment."""
    if not name:
        return b": still here\n\n"
    head = f"id: {id_}\n" if id_ else ""
    return f"{head}event: {name}\ndata: {json.dumps(data)}\n\n".encode()
