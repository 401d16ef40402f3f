"""A thousand open answer pages on one web process for five minutes: who is dropped, and what each of them costs.

Twenty answers are written at one token a second while fifty readers watch each over a connection of their own. Every
reader must get every token once and in order, on the connection it opened. CLM_READERS and CLM_READERS_SECONDS ask for
fewer or less long. Longer than most modules because the crowd, the writer and the witness are read together.
"""

import asyncio
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bench.figures import Figure, report
from bench.site import fresh_site

NAME = "readers"
READERS = int(os.environ.get("CLM_READERS", "1000"))
SECONDS = float(os.environ.get("CLM_READERS_SECONDS", "300"))
FEW = 20  # readers of the baseline
ANSWERS = 20
GAP = 1.0  # seconds between the tokens of an answer
ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Reader:
    """One page: what came, whether the connection was lost before the end, how late each token was."""

    tokens: list[str] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    done: bool = False
    resets: int = 0
    status: str = ""

    @property
    def dropped(self) -> bool:
        return not self.done or bool(self.resets) or self.status != "200"


@dataclass(frozen=True)
class Usage:
    """Connections of the stores, and what the web process holds in memory (bytes) and has used of a core (seconds)."""

    postgres: int
    redis: int
    memory: int
    cpu: float


def measure() -> Iterator[Figure]:
    _allow_many_files()
    with fresh_site():
        ids = _running_answers(ANSWERS)
        with served("clm_site.supervisor.web", "--fd") as (port, pid):
            _, before, _ = asyncio.run(crowd(port, pid, _addresses(ids, FEW), seconds=10))
            ids = _running_answers(ANSWERS)
            many, at_most, took = asyncio.run(crowd(port, pid, _addresses(ids, READERS), seconds=SECONDS))
        with served("bench.bare_stream") as (port, pid):
            _, bare_before, _ = asyncio.run(crowd(port, pid, ["/"] * FEW, seconds=5, write=False))
            _, bare_most, _ = asyncio.run(crowd(port, pid, ["/"] * READERS, seconds=20, write=False))
    dropped = sum(reader.dropped for reader in many)
    wrong = len(many) - sum(reader.tokens == expected(len(reader.tokens)) for reader in many)
    lags = sorted(lag for reader in many for lag in reader.lags)
    more = READERS - FEW
    own = (at_most.memory - before.memory) / more / 1024
    plain = (bare_most.memory - bare_before.memory) / more / 1024
    note = f"{len(many):,} readers, {ANSWERS} answers, {took:.0f} s, {len(lags):,} tokens delivered"
    yield Figure(NAME, "readers dropped", dropped, "", most=0, note=note)
    yield Figure(NAME, "readers with another text than what was written", wrong, "", most=0)
    yield Figure(
        NAME, "PostgreSQL connections more than with 20 readers", at_most.postgres - before.postgres, "", most=0
    )
    note = f"{at_most.redis} in all"
    yield Figure(
        NAME, "Redis connections more than with 20 readers", at_most.redis - before.redis, "", most=2, note=note
    )
    p50, p95 = statistics.median(lags), lags[int(len(lags) * 0.95)]
    yield Figure(NAME, "token from worker to reader, p95", p95 * 1000, "ms", note=f"p50 {p50 * 1000:.0f} ms")
    yield Figure(
        NAME, "memory of a reader ÷ of one of a bare ASGI stream", own / plain, note=f"{own:.0f} ÷ {plain:.0f} KiB"
    )
    share = at_most.cpu / took
    yield Figure(NAME, "share of one core the web process used", share * 100, "%")


async def crowd(
    port: int,
    pid: int,
    addresses: Sequence[str],
    *,
    seconds: float,
    write: bool = True,
    usage: Callable[[int], Usage] | None = None,
) -> tuple[list[Reader], Usage, float]:
    """Open one connection for each address while the answers are written; the readers, the most that was used, seconds.

    The server is told to write for `seconds` after all are connected.
    """
    readers = [Reader() for _ in addresses]
    begun = time.monotonic()
    connected = asyncio.Semaphore(50)  # as browsers come: many, not all in the same millisecond
    tasks = [
        asyncio.create_task(_read(reader, port, address, connected))
        for reader, address in zip(readers, addresses, strict=True)
    ]
    while sum(bool(reader.status) for reader in readers) < len(readers):
        await asyncio.sleep(0.1)
        assert time.monotonic() - begun < 120, "the readers could not all connect within two minutes"
    ids = sorted({address.split("/")[2] for address in addresses}) if write else []
    writer = threading.Thread(target=_write, args=(ids, seconds))
    cpu, started = _cpu(pid), time.monotonic()
    writer.start()
    seen = []
    while time.monotonic() - started < seconds:
        await asyncio.sleep(min(5, seconds / 3))
        seen.append(await asyncio.to_thread(usage or _usage, pid))
    took, used = time.monotonic() - started, _cpu(pid) - cpu
    await asyncio.to_thread(writer.join)
    _, late = await asyncio.wait(tasks, timeout=30 if write else 0.01)
    for task in late:
        task.cancel()
    most = Usage(*(max(getattr(one, name) for one in seen) for name in ("postgres", "redis", "memory")), cpu=used)
    return readers, most, took


def expected(count: int) -> list[str]:
    return [f"word{number} " for number in range(count)]


async def _read(reader: Reader, port: int, address: str, turn: asyncio.Semaphore) -> None:
    async with turn:
        source, sink = await asyncio.open_connection("127.0.0.1", port)
        sink.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode())
        reader.status = (await source.readline()).decode().split(" ")[1]
    name = ""
    try:
        while line := await source.readline():
            kind, _, value = line.decode().rstrip().partition(": ")
            if kind == "event":
                name = value
                reader.resets += name == "reset"
            elif kind == "data" and name == "token":
                data = json.loads(value)
                reader.tokens.append(data["text"])
                reader.lags.append(time.monotonic() - data["at"])
            elif kind == "data" and name == "done":
                reader.done = True
                return
    except OSError:
        pass
    finally:
        sink.close()


def _write(ids: Sequence[str], seconds: float) -> None:
    """A token for each answer every `GAP` seconds, spread over it as workers would, then the end of all."""
    from inference.streaming import streams

    if not ids:
        return
    begun = time.monotonic()
    rounds = int(seconds / GAP)
    for number in range(rounds):
        for place, public_id in enumerate(ids):
            due = begun + number * GAP + place * GAP / len(ids)
            time.sleep(max(0.0, due - time.monotonic()))
            streams.append(public_id, 1, "token", {"text": f"word{number} ", "at": time.monotonic()})
    for public_id in ids:
        streams.append(public_id, 1, "done", {"state": "done", "html": "<p>end</p>"})


def _running_answers(count: int) -> list[str]:
    from django.utils import timezone

    from inference.models import Answer, Question

    asked = [Question.objects.create(text=f"What is pattern {number}?") for number in range(count)]
    state = {"state": Answer.State.RUNNING, "attempt": 1, "heartbeat_at": timezone.now() + timedelta(days=1)}
    return [Answer.objects.create(question=one, **state).public_id for one in asked]


def _addresses(ids: Sequence[str], count: int) -> list[str]:
    return [f"/answers/{ids[number % len(ids)]}/stream/" for number in range(count)]


def _usage(pid: int) -> Usage:
    import redis
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
        postgres = cursor.fetchone()[0]
    connection.close()
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        connections = len(client.client_list())
    resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    return Usage(postgres, connections, resident, 0.0)


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _allow_many_files() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def served(module: str, *options: str) -> Iterator[tuple[int, int]]:
    """Run a server module on a socket of its own; yield port and pid."""
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as sock:
        command = [sys.executable, "-m", module, *options, str(sock.fileno())]
        server = subprocess.Popen(command, pass_fds=[sock.fileno()], cwd=ROOT)
        try:
            yield sock.getsockname()[1], server.pid
        finally:
            server.kill()  # open streams would keep it for ever
            server.wait()


if __name__ == "__main__":
    report(measure)
