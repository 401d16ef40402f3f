"""The line of questions before the answering worker: how many are before one, what a page says of it, when it is full.

PostgreSQL counts, because a queue of messages may have lost some or hold one twice. However many pages wait in a
process, they share one query a second.
"""

import asyncio
import time
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inference.models import Answer
from inference.streaming.looking import looked

FRESH = 1.0  # seconds a shared look at the line is believed
PATIENCE = 15.0  # seconds the first in line waits before the page says that nobody has come for it


@dataclass(frozen=True)
class Line:
    """Every unfinished answer by public id: `(state, attempt)`, and for those that wait how many are before them."""

    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)


def line_now() -> Line:
    """The line as it is; one query. Those being written come first, then who asked earlier."""
    unfinished = Answer.objects.filter(state__in=[Answer.State.PENDING, Answer.State.RUNNING]).order_by("pk")
    rows = list(unfinished.values_list("public_id", "state", "attempt"))
    waiting = [public_id for public_id, state, _attempt in rows if state == Answer.State.PENDING]
    running = len(rows) - len(waiting)
    return Line(
        {public_id: (state, attempt) for public_id, state, attempt in rows},
        {public_id: place for place, public_id in enumerate(waiting, running)},
    )


def is_full() -> bool:
    """Whether as many questions wait as may; one query."""
    return Answer.objects.filter(state=Answer.State.PENDING).count() >= settings.QUESTIONS_WAITING


def waiting_words(before: int, *, seconds: float = 0) -> str:
    """What a page says while its question waits, in the active language; `seconds` it has been first in line."""
    if before:
        return ngettext("%(n)d question is before yours.", "%(n)d questions are before yours.", before) % {"n": before}
    if seconds < PATIENCE:
        return _("Your question is next.")
    return _(
        "No worker has taken this question yet. It stays in line, and this page shows the answer as soon as there is "
        "one."
    )


class _Board:
    """The line as one event loop's pages share it."""

    def __init__(self) -> None:
        self._line = Line()
        self._at = float("-inf")
        self._reading: asyncio.Task[Line] | None = None

    async def get(self) -> Line:
        if time.monotonic() - self._at < FRESH:
            return self._line
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        return await asyncio.shield(self._reading)

    async def _read(self) -> Line:
        self._line = await looked(line_now)
        self._at = time.monotonic()
        return self._line


_boards: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Board]" = weakref.WeakKeyDictionary()


async def shared_line() -> Line:
    """The line, at most `FRESH` seconds old; raises `django.db.DatabaseError`."""
    loop = asyncio.get_running_loop()
    if loop not in _boards:
        _boards[loop] = _Board()
    return await _boards[loop].get()
