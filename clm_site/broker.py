"""Celery's Redis transport for workers that outlive their Redis: a task goes on while the connection is made anew.

With kombu 5.7 a worker dies of the messages it held when the connection broke: it puts them back, or acknowledges them
at the end of the task, through a channel that is closed. Nothing here depends on either, because what was promised is
watched in PostgreSQL (outbox, reaper, schedule), and every task is safe to run twice.
"""

from typing import Any

from kombu.transport import redis


class Channel(redis.Channel):
    do_restore = False

    def basic_ack(self, *arguments: Any, **options: Any) -> None:
        if self.connection is not None:
            super().basic_ack(*arguments, **options)

    def basic_reject(self, *arguments: Any, **options: Any) -> None:
        if self.connection is not None:
            super().basic_reject(*arguments, **options)


class Transport(redis.Transport):
    Channel = Channel
