"""The web's half of an answer's wire: one reader a process reads all watched streams and hands each page its events.

One blocking XREAD over every watched stream (https://redis.io/docs/latest/commands/xread/) instead of a connection a
page; the id of an entry is its place, so a page that comes back with it misses nothing and gets nothing twice.
"""

import asyncio
import contextlib
import json
import logging
import uuid
import weakref
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import redis.asyncio
from django.conf import settings
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from inference.streaming.closing import on_end_of_process
from inference.streaming.streams import options

log = logging.getLogger(__name__)

BLOCK = 5000  # milliseconds one XREAD waits
CONNECTIONS = 4  # one reads, the others are for pages that come and go
WAIT = 60  # seconds a page that comes waits for a free one, when a thousand come at once
LONGEST_QUEUE = 5000  # events a page may lag behind before it is cut off and has to come back

Place = tuple[int, int]


class Closing(Exception):
    """The server is going down; the page should come back in a moment."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a stream; `id` is where a page can resume."""

    id: str
    name: str
    data: dict[str, Any]


@dataclass(slots=True)
class _Watched:
    last: str
    queues: set[asyncio.Queue] = field(default_factory=set)


def place(entry: str) -> Place:
    """An entry's id as two numbers that compare; (0, 0) for anything else."""
    first, _, second = entry.partition("-")
    return (int(first), int(second or 0)) if first.isdigit() and (second.isdigit() or not second) else (0, 0)


class Reader:
    """Reads every watched stream of this process with one connection."""

    def __init__(self) -> None:
        chosen = options(wait=BLOCK / 1000 + 10) | {"retry": Retry(NoBackoff(), 1)}
        # However many pages come at once, a few connections do: who finds none free waits for one.
        pool = redis.asyncio.BlockingConnectionPool.from_url(
            settings.REDIS_URL, max_connections=CONNECTIONS, timeout=WAIT, **chosen
        )
        self._redis = redis.asyncio.Redis.from_pool(pool)
        self._watched: dict[str, _Watched] = {}
        self._wake = f"clm:wake:{uuid.uuid4().hex}"
        self._woken = "0-0"
        self._task: asyncio.Task | None = None
        self.closing = False

    async def follow(
        self, name: str, *, after: str = "0-0", idle: Callable[[], float] = lambda: 15.0
    ) -> AsyncIterator[Event | None]:
        """Yield the events of stream `name` after entry `after`, for ever; None when `idle()` seconds brought nothing.

        Raises `Closing` when the process ends and `RedisError` when there is no Redis.
        """
        queue: asyncio.Queue = asyncio.Queue(LONGEST_QUEUE)
        last = place(after)
        watched = self._watched.get(name)
        missed = watched is not None
        if watched is None:
            watched = self._watched[name] = _Watched(last=f"{last[0]}-{last[1]}")
        watched.queues.add(queue)
        try:
            await self._start(new=not missed)
            if missed:
                # Others watch already: what they had before is read apart; what both paths bring shows by its id.
                for entry, fields in await self._redis.xrange(name, min=f"({last[0]}-{last[1]}"):
                    last = place(entry)
                    yield _event(entry, fields)
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), idle())
                except TimeoutError:
                    yield None
                    continue
                if isinstance(event, BaseException):
                    raise event
                if place(event.id) > last:
                    last = place(event.id)
                    yield event
        finally:
            watched.queues.discard(queue)
            if not watched.queues and self._watched.get(name) is watched:
                del self._watched[name]

    def close(self) -> None:
        """End every page's stream; called when the process is told to stop."""
        self.closing = True
        self._tell_all(Closing())
        if self._task:
            self._task.cancel()

    async def aclose(self) -> None:
        """Close and give the connection back; for tests, whose event loops end before the process does."""
        self.close()
        with contextlib.suppress(RedisError, OSError):
            await self._redis.aclose()

    async def _start(self, *, new: bool) -> None:
        """Have the streams read; a `new` one has the reader woken, which does not wait for it yet."""
        if self.closing:
            raise Closing
        if self._task is None:
            on_end_of_process(self.close)
            self._task = asyncio.create_task(self._read())
        elif new:
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.xadd(self._wake, {"w": ""}, maxlen=1).expire(self._wake, 60)
                await pipe.execute()

    async def _read(self) -> None:
        try:
            while self._watched:
                names = {self._wake: self._woken} | {name: one.last for name, one in self._watched.items()}
                for name, entries in await self._redis.xread(names, block=BLOCK, count=1000) or []:
                    self._hand_out(name, entries)
        except (RedisError, OSError) as problem:
            log.warning("streams cannot be read: %s", type(problem).__name__)
            self._tell_all(RedisError("The answer's stream cannot be read just now."))
        finally:
            self._task = None  # before anything is awaited, so that who comes next starts another

    def _hand_out(self, name: str, entries: list[tuple[str, dict[str, str]]]) -> None:
        if name == self._wake:
            self._woken = entries[-1][0]
            return
        watched = self._watched.get(name)
        if watched is None:
            return
        watched.last = entries[-1][0]
        for entry, fields in entries:
            event = _event(entry, fields)
            for queue in list(watched.queues):
                if queue.full():
                    watched.queues.discard(queue)
                    queue.get_nowait()
                    queue.put_nowait(Closing())
                else:
                    queue.put_nowait(event)

    def _tell_all(self, problem: BaseException) -> None:
        for watched in self._watched.values():
            for queue in watched.queues:
                if not queue.full():
                    queue.put_nowait(problem)


_readers: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Reader]" = weakref.WeakKeyDictionary()


def reader() -> Reader:
    """The reader of the running event loop (one a web process)."""
    loop = asyncio.get_running_loop()
    if loop not in _readers:
        _readers[loop] = Reader()
    return _readers[loop]


def _event(entry: str, fields: dict[str, str]) -> Event:
    return Event(id=entry, name=fields["event"], data=json.loads(fields["data"]))
