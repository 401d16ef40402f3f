"""The review queue with twenty thousand open items against the same page with twenty: what is long must not be slow.

Both queues are measured in one run and in turns (the small one is a copy of the database, taken before it grew), so
that a busy machine slows both; requests go through Django's own client, so that every layer but the network counts.
Deep pages, narrowed lists and the panel that counts every filter stand beside.
"""

import statistics
import time
from collections.abc import Iterator

from bench.figures import Figure, report
from bench.queue_filling import fill_queue
from bench.site import fresh_site

NAME = "queue"
BAR = 1.5
FEW, MANY = 20, 20_000
ROUNDS = 12
EACH = 2  # requests for a page in each turn
LISTS = {
    "the queue": "/review/",
    "free for me": "/review/?state=free",
    "longest waiting": "/review/?state=free&sort=oldest",
    "one kind, gold": "/review/?kind=edit&tier=gold",
    "words of the title": "/review/?q=river+gar",
    "every filter counted": "/review/?more=1",
}


def measure() -> Iterator[Figure]:
    with fresh_site():
        from django.core.management import call_command
        from django.test import Client

        from patterns.models import User
        from patterns.queries import queue
        from patterns.review.filters import Filters

        call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)
        reader = User.objects.create(email="grace@example.org", name="Grace", roles=["reviewer"])
        client = Client(HTTP_HOST="localhost")
        client.force_login(reader)
        fill_queue(FEW)
        small, large = copied("clm_bench_few"), current()
        fill_queue(MANY - FEW, seed=8)
        rows = queue.matching(Filters(), reader=reader).order_by("rank", "pk").values_list("rank", "pk")
        deep = "/review/?after={}.{}".format(*rows[499 * queue.A_PAGE])
        took: dict[tuple[str, str], list[float]] = {}
        for _turn in range(ROUNDS):
            for name in (small, large):
                switch_to(name)
                for address in [*LISTS.values(), *([deep] if name == large else [])]:
                    took.setdefault((name, address), []).extend(timed(client, address))
        p50 = {key: statistics.median(found) for key, found in took.items()}
        for name, address in LISTS.items():
            few, many = p50[small, address], p50[large, address]
            bar = BAR if address == "/review/" else None
            note = f"p50 {many:.1f} ms ÷ {few:.1f} ms"
            yield Figure(NAME, f"{name}, {MANY:,} items ÷ {FEW}", many / few, most=bar, note=note)
        far, near = p50[large, deep], p50[large, "/review/"]
        yield Figure(NAME, "page 500 ÷ page 1", far / near, most=BAR, note=f"p50 {far:.1f} ms ÷ {near:.1f} ms")


def timed(client: object, address: str) -> list[float]:
    """The milliseconds of each request for a page; the first is not counted, it fills what a connection keeps."""
    found = []
    for turn in range(EACH + 1):
        started = time.perf_counter()
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}.")
        if turn:
            found.append((time.perf_counter() - started) * 1000)
    return found


def current() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def copied(name: str) -> str:
    """Copy the database as it is now under another name."""
    from django.db import connection

    before = current()
    switch_to(before)
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - as Django's own test runner does
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{before}"')
    return name


def switch_to(name: str) -> None:
    """Have this process talk to another database of the same server."""
    from django.db import connection

    connection.close()
    if close_pool := getattr(connection, "close_pool", None):
        close_pool()
    connection.settings_dict["NAME"] = name


if __name__ == "__main__":
    report(measure)
