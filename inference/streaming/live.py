"""One open page on one unfinished answer: what it hears of its place in the line, its steps, its words and its end."""

import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from django.conf import settings
from django.utils.translation import override

from inference.models import Answer
from inference.streaming.line import Line, shared_line, waiting_words
from inference.streaming.streams import key
from inference.streaming.watching import Event, reader

LOOK = 4.0  # seconds without any event before the database is asked how the answer stands
LOOK_IN_LINE = 1.0  # the same while it waits
HEARTBEAT = 15.0  # seconds of silence after which a page is sent a sign of life

Told = tuple[str, dict[str, Any], str]
"""(event, data, id). Without a name it is a sign of life; a `done` without data is to be read from the database."""


class LivePage:
    """Follows an answer from `attempt` and entry `after` through every further attempt to its end."""

    def __init__(self, public_id: str, *, attempt: int, after: str, waiting: bool, language: str = "") -> None:
        self.public_id, self.attempt, self.after = public_id, attempt, after
        self.waiting, self.language = waiting, language
        self._said = ""
        self._first_since: float | None = None
        self._spoke = time.monotonic()
        self._over = self._moved = False

    async def events(self) -> AsyncIterator[Told]:
        """Yield until the answer is done; raises what `reader().follow` and `shared_line` raise."""
        for told in self._place(await shared_line()) if self.waiting else ():
            yield told
        while not self._over:
            self._moved = False
            stream = reader().follow(key(self.public_id, self.attempt), after=self.after, idle=self._pace)
            async with aclosing(stream):
                async for event in stream:
                    for told in self._heard(event) if event else self._standing(await shared_line()):
                        self._spoke = time.monotonic()
                        yield told
                    if self._over or self._moved:
                        break
            if not self._over:
                self.attempt, self.after = self.attempt + 1, "0-0"
                yield "reset", {}, ""

    def _pace(self) -> float:
        return LOOK_IN_LINE if self.waiting else LOOK

    def _heard(self, event: Event) -> list[Told]:
        self._moved = self.waiting = event.name == "moved"
        self._over = event.name == "done"
        return [] if self._moved else [(event.name, event.data, f"{self.attempt}:{event.id}")]

    def _standing(self, line: Line) -> list[Told]:
        """What the line says when the stream said nothing for a while. Who is in it no longer is done."""
        state, attempt = line.places.get(self.public_id, ("", self.attempt))
        self.waiting = state == Answer.State.PENDING
        self._over, self._moved = not state, attempt > self.attempt
        if self._over:
            return [("done", {}, "")]
        told = self._place(line)
        silent = time.monotonic() - self._spoke >= HEARTBEAT
        return told or ([("", {}, "")] if silent else [])

    def _place(self, line: Line) -> list[Told]:
        before = line.before.get(self.public_id)
        if before is None:
            return []
        if before:
            self._first_since = None
        elif self._first_since is None:
            self._first_since = time.monotonic()
        seconds = time.monotonic() - self._first_since if self._first_since is not None else 0.0
        with override(self.language or settings.LANGUAGE_CODE):
            words = waiting_words(before, seconds=seconds)
        if words == self._said:
            return []
        self._said = words
        return [("waiting", {"before": before, "words": words}, "")]
