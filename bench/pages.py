"""The browse page and the pattern page under eight clients, against a plain view that makes the same queries.

Then the same pages over ten times the library: nothing a reader opens may cost more because there is more to read.
"""

import http.client
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from bench.figures import Figure, report
from bench.site import fresh_site

NAME = "pages"
CLIENTS = 8
REQUESTS = 10  # of each client in each round
ROUNDS = 3
SIZE = 3_600
TEXT = (
    "## {name} {number}\n\n"
    + "People who share a thing agree on its use, and write down what they agreed. " * 12
    + "\n\n"
)


def measure() -> Iterator[Figure]:
    with fresh_site():
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)
        grow(0, SIZE)
        with served() as port:
            before = {page: times(port, page) for page in ("browse", "pattern")}
        for page, (own, plain, raw) in before.items():
            note = f"p50 {own * 1000:.1f} ms ÷ {plain * 1000:.1f} ms, {CLIENTS} clients, {SIZE:,} patterns"
            yield Figure(NAME, f"{page} page ÷ plain view with the same queries", own / plain, most=2, note=note)
            yield Figure(NAME, f"{page} page ÷ its SQL through a cursor", own / raw, note=f"p50 {raw * 1000:.1f} ms")
        grow(SIZE, 10 * SIZE)
        with served() as port:
            after = {page: times(port, page) for page in before}
        for page, (own, *_) in after.items():
            note = f"p50 {own * 1000:.1f} ms, {10 * SIZE:,} patterns"
            yield Figure(NAME, f"{page} page, ten times the library ÷ once", own / before[page][0], most=1.5, note=note)


def times(port: int, page: str) -> tuple[float, ...]:
    """Return the median seconds of the page, of the plain view and of its SQL alone, measured in turns."""
    addresses = ["/patterns/"] * CLIENTS if page == "browse" else [f"/patterns/p-{n * 37}/" for n in range(CLIENTS)]
    kinds = [
        addresses,
        [f"/plain{address}" for address in addresses],
        [f"/raw/?{urlencode({'page': address})}" for address in addresses],
    ]
    found: list[list[float]] = [[] for _ in kinds]
    for turn in range(ROUNDS + 1):
        for kind, durations in zip(kinds, found, strict=True):
            took = burst(port, kind)
            if turn:  # the first turn fills what is kept
                durations.extend(took)
    return tuple(statistics.median(durations) for durations in found)


def burst(port: int, addresses: list[str]) -> list[float]:
    """Have one client for each address ask for it `REQUESTS` times over one connection; return all durations."""
    found: list[float] = []
    wrong: list[int] = []

    def client(address: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(REQUESTS):
            started = time.perf_counter()
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            found.append(time.perf_counter() - started)
            if answer.status != 200:
                wrong.append(answer.status)

    threads = [threading.Thread(target=client, args=(address,)) for address in addresses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"The site answered {wrong[0]} instead of a page.")
    return found


@contextmanager
def served() -> Iterator[int]:
    """Serve the site in a process of its own; yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        command = [sys.executable, "-m", "bench.bare_pages", str(sock.fileno())]
        server = subprocess.Popen(command, pass_fds=[sock.fileno()], cwd=Path(__file__).resolve().parent.parent)
        try:
            yield sock.getsockname()[1]
        finally:
            server.terminate()
            server.wait()


def grow(first: int, last: int) -> None:
    """Add synthetic patterns `first` to `last`, each with a revision of ten kilobytes and six relations."""
    import yaml
    from django.db import connection

    from patterns.models import Library, LibraryChange, Pattern, Relation, Revision

    library, _ = Library.objects.get_or_create(slug="made-up", defaults={"title": "Made up", "origin": "imported"})
    body = "".join(TEXT.format(name="Section", number=number) for number in range(10))
    for start in range(first, last, 1_000):
        numbers = range(start, min(start + 1_000, last))
        patterns = Pattern.objects.bulk_create(
            Pattern(
                library=library,
                uid=f"pat_{number}",
                slug=f"p-{number}",
                title=f"Pattern {number:06}",
                summary=f"What pattern {number} is about, in one sentence." if number % 2 else "",
                domain=f"domain-{number % 80}",
                categories=[f"category-{number % 60}"],
                lifecycle_status="draft",
                stars=1 + number % 3,
            )
            for number in numbers
        )
        revisions = []
        for pattern in patterns:
            front = {"id": pattern.uid, "title": pattern.title, "sources": ["A book", "Another"]}
            head = f"---\n{yaml.safe_dump(front)}---\n"
            revisions.append(
                Revision(
                    pattern=pattern,
                    number=1,
                    title=pattern.title,
                    source=head + body,
                    body_start=len(head),
                    sha256="0" * 64,
                    front=front,
                    origin="imported",
                )
            )
        Revision.objects.bulk_create(revisions)
        Relation.objects.bulk_create(
            Relation(
                source=pattern,
                target=patterns[(place * 7 + step) % len(patterns)],
                kind="enables",
                provenance="imported",
            )
            for place, pattern in enumerate(patterns)
            for step in range(1, 7)
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patterns_pattern SET current_id = r.id FROM patterns_revision r "
            "WHERE r.pattern_id = patterns_pattern.id AND current_id IS NULL"
        )
        cursor.execute("ANALYZE")
    LibraryChange.objects.create(kind="relations_changed")


if __name__ == "__main__":
    report(measure)
