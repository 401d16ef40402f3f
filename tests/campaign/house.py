"""A running site whose parts can be killed from outside, and straight lines to its stores to see what is true."""

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import psycopg
import redis

from clm_site import embedded
from clm_site.embedded import state
from clm_site.processes import Identity, wait_for_end
from clm_site.supervisor import record
from tests.e2e.site import Site, running_site

PATIENCE = 120.0


class House:
    """A whole site with the slow generator; `site` changes when the supervisor is started again."""

    def __init__(self, home: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.home = home
        self.settings = {"CLM_GENERATOR": "tests.factories.generators.Slow", **(settings or {})}
        self.site: Site
        self._sites = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self.start()
        self.site.wait_for_workers()
        return self

    def __exit__(self, *_: object) -> None:
        self._sites.close()

    def start(self, *options: str) -> None:
        self.site = self._sites.enter_context(running_site(self.home, *options, settings=self.settings))

    def child(self, name: str) -> Identity:
        """The supervised process called `name`, once it lives (after a kill there is a pause)."""
        return _awaited(lambda: _alive(record.read(self.home).children.get(name)), f"the process {name}")

    def writer(self) -> Identity:
        """The child of the answering worker in which answers are written."""

        def first_child() -> Identity | None:
            parent = self.child("answers").pid
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
            return Identity.of(int(children[0])) if children else None

        return _awaited(first_child, "the process that writes")

    def store(self, name: str) -> Identity:
        """The embedded server called `name`, once it lives."""
        return _awaited(lambda: _alive(Identity.read(state.read(self.home).get(name))), f"the server {name}")

    def kill_supervisor(self) -> None:
        """kill -9, then the next start at the same address."""
        port = self.site.address.rpartition(":")[2]
        self.site.supervisor.kill()
        self.site.supervisor.wait()
        self.start("--port", port)

    @contextlib.contextmanager
    def without_redis(self) -> Iterator[None]:
        """Redis is dead for as long as the block runs: the supervisor waits for the lock under which servers start."""
        with (self.home / "run" / "start.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            kill(self.store("redis"))
            yield

    def redis(self) -> redis.Redis:
        """A connection of our own to the site's Redis."""
        return redis.Redis.from_url(embedded.recorded(self.home).redis_url, decode_responses=True, socket_timeout=5)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]] | None:
        """What PostgreSQL says now; None while it does not answer."""
        try:
            with psycopg.connect(embedded.recorded(self.home).database_url, connect_timeout=2) as connection:
                return connection.execute(query, values).fetchall()
        except psycopg.OperationalError:
            return None


def kill(process: Identity, *, number: int = signal.SIGKILL) -> None:
    """End a process without a word and wait until it is gone."""
    os.kill(process.pid, number)
    assert wait_for_end(process, 10), f"process {process.pid} survived signal {number}"


def _alive(process: Identity | None) -> Identity | None:
    return process if process and process.alive() else None


def _awaited(find: Callable[[], Identity | None], what: str) -> Identity:
    end = time.monotonic() + PATIENCE
    while (found := find()) is None:
        assert time.monotonic() < end, f"{what} did not come up in {PATIENCE:.0f} s"
        time.sleep(0.05)
    return found
