"""The worker's end of `jobs.call`: whatever the function returns, or that it failed, goes back to who waits."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from celery import Task
from redis.exceptions import RedisError

from clm_site import replies

log = logging.getLogger(__name__)


def replying(work: Callable[..., Any]) -> Callable[..., str]:
    """Send the JSON value `work(task, **arguments)` returns to the caller. A failure is told without its text."""

    @wraps(work)
    def task(self: Task, **arguments: Any) -> str:
        try:
            reply = {"value": work(self, **arguments)}
        except Exception as problem:
            reply = {"problem": type(problem).__name__}
            log.exception("%s failed", self.name)
        if self.request.reply_to:
            try:
                replies.give(self.request.reply_to, reply)
            except RedisError as problem:
                log.warning("%s: the answer could not be handed back (%s)", self.name, type(problem).__name__)
        return reply.get("problem", "")

    return task
