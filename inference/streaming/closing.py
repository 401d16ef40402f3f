"""Lets open streams end when the process is told to stop: web servers wait for open responses, for ever if need be.

ASGI's own shutdown event comes only after that wait, so the signals themselves are heard and then passed on.
"""

import asyncio
import signal
import threading
import weakref
from collections.abc import Callable
from functools import partial
from typing import Any

_waiting: list[tuple[asyncio.AbstractEventLoop, "weakref.WeakMethod[Callable[[], None]]"]] = []
_heard: set[int] = set()


def on_end_of_process(act: Callable[[], None]) -> None:
    """Have the running loop call the bound method `act` on SIGTERM and SIGINT, before what was to be done anyway."""
    if threading.current_thread() is not threading.main_thread():
        return
    _waiting[:] = [(loop, method) for loop, method in _waiting if method() is not None and not loop.is_closed()]
    _waiting.append((asyncio.get_running_loop(), weakref.WeakMethod(act)))
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if number in _heard or not callable(before) or before is signal.default_int_handler:
            continue
        _heard.add(number)
        signal.signal(number, partial(_pass_on, before))


def _pass_on(before: Callable[[int, Any], Any], number: int, frame: Any) -> None:
    for loop, method in _waiting:
        if (act := method()) is not None and not loop.is_closed():
            loop.call_soon_threadsafe(act)
    before(number, frame)
