"""The review queue with twenty thousand open items against the same page with twenty: what is long must not be slow.

Both queues are measured in one run, the pages in turns; the requests go through Django's own client, so that every
layer but the network counts. Deep pages, narrowed lists and the panel that counts every filter stand beside.
"""

import statistics
import time
from collections.abc import Iterator, Sequence

from bench.figures import Figure, report
from bench.queue_filling import fill_queue
from bench.site import fresh_site

NAME = "queue"
BAR = 1.5
FEW, MANY = 20, 20_000
ROUNDS = 25
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
        few = timed(client, list(LISTS.values()))
        fill_queue(MANY - FEW, seed=8)
        many = timed(client, list(LISTS.values()))
        for name, address in LISTS.items():
            note = f"p50 {many[address]:.1f} ms ÷ {few[address]:.1f} ms"
            bar = BAR if address == "/review/" else None
            yield Figure(NAME, f"{name}, {MANY:,} items ÷ {FEW}", many[address] / few[address], most=bar, note=note)
        rows = queue.matching(Filters(), reader=reader).order_by("rank", "pk").values_list("rank", "pk")
        deep = "/review/?after={}.{}".format(*rows[499 * queue.A_PAGE])
        found = timed(client, ["/review/", deep])
        note = f"p50 {found[deep]:.1f} ms ÷ {found['/review/']:.1f} ms"
        yield Figure(NAME, "page 500 ÷ page 1", found[deep] / found["/review/"], most=BAR, note=note)


def timed(client: object, addresses: Sequence[str]) -> dict[str, float]:
    """The median milliseconds of each page, asked for in turns; the first turn fills what is kept."""
    took: dict[str, list[float]] = {address: [] for address in addresses}
    for turn in range(ROUNDS + 1):
        for address in addresses:
            started = time.perf_counter()
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}.")
            if turn:
                took[address].append((time.perf_counter() - started) * 1000)
    return {address: statistics.median(found) for address, found in took.items()}


if __name__ == "__main__":
    report(measure)
