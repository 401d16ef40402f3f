"""Lets open streams look into the database: on two threads, whose connections go back as soon as they have looked.

`sync_to_async` keeps a thread for every request as long as its response lasts, and a stream lasts for minutes.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from asgiref.sync import SyncToAsync
from django.db import connections

Seen = TypeVar("Seen")
_threads = ThreadPoolExecutor(2, thread_name_prefix="look")


async def looked(look: Callable[[], Seen]) -> Seen:
    """What `look()` returns or raises; it may query, and must not keep anything that queries later."""

    def look_and_let_go() -> Seen:
        try:
            return look()
        finally:
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(_threads, look_and_let_go)


def give_thread_back() -> None:
    """End the thread in which this request's middleware ran. Whoever needs one later gets another.

    asgiref ends it itself only when the whole response is over (`asgiref.sync.ThreadSensitiveContext`).
    """
    request = SyncToAsync.thread_sensitive_context.get(None)
    executor = SyncToAsync.context_to_thread_executor.pop(request, None) if request is not None else None
    if executor is not None:
        executor.shutdown(wait=False)
