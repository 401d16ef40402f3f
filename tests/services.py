"""Real PostgreSQL and Redis for every test run, loaded by pytest before the settings are.

Concurrent runs share the servers under `var/test` (or CLM_HOME); each has its own test database, named after its pid,
and its own Redis database, claimed by a lock. DATABASE_URL and REDIS_URL point the tests at other servers.
"""

import contextlib
import fcntl
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from clm_site import embedded
from clm_site.embedded import postgres
from clm_site.embedded.sharing import join, leave
from clm_site.processes import Identity

HOME = Path(os.environ.setdefault("CLM_HOME", str(Path(__file__).resolve().parent.parent / "var" / "test"))).resolve()
REDIS_DATABASES = range(1, 64)
_seats: list[IO[bytes]] = []
_claims: list[IO[bytes]] = []


def pytest_unconfigure() -> None:
    while _claims:
        _claims.pop().close()
    while _seats:
        leave(HOME, _seats.pop())


def _prepare() -> None:
    # What is compiled is kept, whatever the machine is set to: dozens of processes of the tests import it again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    os.environ.setdefault("CLM_TEST_DATABASE", f"test_clm_{os.getpid()}")
    wanted = [
        name
        for name, variable in (("postgres", "DATABASE_URL"), ("redis", "REDIS_URL"))
        if not os.environ.get(variable)
    ]
    if not wanted:
        return
    with _nothing_outlives_a_power_cut():
        _seats.append(join(HOME, names=wanted))
    urls = embedded.recorded(HOME)
    if "postgres" in wanted:
        _drop_databases_of_the_dead(urls.database_url)
    if "redis" in wanted:
        os.environ["REDIS_URL"] = _claim_redis(urls.redis_url)


@contextlib.contextmanager
def _nothing_outlives_a_power_cut() -> Iterator[None]:
    """The server of the tests' databases need not wait for the disk; servers that a test starts itself do."""
    shipped = dict(postgres.SETTINGS)
    postgres.SETTINGS.update(dict.fromkeys(("fsync", "full_page_writes", "synchronous_commit"), "off"))
    try:
        yield
    finally:
        postgres.SETTINGS.clear()
        postgres.SETTINGS.update(shipped)


def _drop_databases_of_the_dead(url: str) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(url, autocommit=True) as connection:
        for (name,) in connection.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'test\_clm\_%'"):
            if (pid := re.fullmatch(r"test_clm_(\d+)", name)) and Identity.of(int(pid[1])) is None:
                with contextlib.suppress(psycopg.Error):
                    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _claim_redis(url: str) -> str:
    import redis

    for number in REDIS_DATABASES:
        lock = (HOME / "run" / f"redis-{number}.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        _claims.append(lock)
        mine = f"{url.rpartition('/')[0]}/{number}"
        with redis.Redis.from_url(mine) as client:
            client.flushdb()
        return mine
    raise RuntimeError("All test databases of Redis are taken; are dozens of test runs still going?")


_prepare()
