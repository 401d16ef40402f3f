"""Many commands, one pair of servers: who comes first starts them, who leaves last stops them (flock(2))."""

import fcntl
import os
from collections.abc import Collection
from pathlib import Path
from typing import IO

from clm_site.embedded.postgres import Postgres
from clm_site.embedded.redis import Redis
from clm_site.embedded.server import Server
from clm_site.embedded.state import NAMES, EmbeddedError


def kinds(home: Path) -> tuple[Server, ...]:
    return (Postgres(home), Redis(home))


def join(home: Path, *, names: Collection[str] = NAMES) -> IO[bytes]:
    """Take a seat: the servers called `names` are up when this returns. Give the seat back with `leave`."""
    home = home.resolve()
    try:
        for folder in (home, home / "run", home / "log"):
            folder.mkdir(parents=True, exist_ok=True)
        start_lock = (home / "run" / "start.lock").open("ab")
    except OSError as problem:
        raise EmbeddedError(
            f"The data folder {home} cannot be written ({problem.strerror}). Set CLM_HOME to a folder of yours."
        ) from problem
    with start_lock:
        fcntl.flock(start_lock, fcntl.LOCK_EX)
        seat = (home / "run" / "users.lock").open("ab")
        try:
            fcntl.flock(seat, fcntl.LOCK_SH)  # waits only while the last user before us is stopping the servers
            for server in kinds(home):
                if server.name in names:
                    server.start()
        except BaseException:
            leave(home, seat)
            raise
    return seat


def revive(home: Path, *, names: Collection[str] = NAMES) -> list[str]:
    """Start again what died under us; the names of the servers that had to be. Call while holding a seat."""
    home = home.resolve()
    dead = [each for each in kinds(home) if each.name in names and not (each.process and each.process.alive())]
    if dead:
        with (home / "run" / "start.lock").open("ab") as start_lock:
            fcntl.flock(start_lock, fcntl.LOCK_EX)
            for server in dead:
                server.start()
    return [server.name for server in dead]


def leave(home: Path, seat: IO[bytes]) -> None:
    """Give the seat back, and stop the servers when nobody else sits."""
    if seat.closed or os.fstat(seat.fileno()).st_nlink == 0:
        return
    with seat:
        try:
            fcntl.flock(seat, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        for server in kinds(home.resolve()):
            server.stop()
