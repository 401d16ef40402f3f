"""What a live check costs over a whole library, idle and while that library is being embedded, beside its bare parts.

CLM_INDEXED names the CLM_HOME of a site whose library is imported and embedded; give it a copy, because the embedding
that runs beside writes vectors anew. Ours is the address itself, asked as a browser asks it, with a worker that holds
the embedder in a process of its own; bare are one parse of the text, one statement for the nearest vectors and one
look-up of names, with nothing around them. Every text is new to the site, so that no vector is remembered.
"""

import functools
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure, report

NAME = "checks"
TEXTS = 100
BAR = 300  # ms, p95
ROOT = Path(__file__).resolve().parent.parent
EMBED_ON = "from bench.checks import embed_on; embed_on()"


def measure() -> Iterator[Figure]:
    home = os.environ.get("CLM_INDEXED")
    if not home:
        yield Figure(NAME, "live checks over a whole library (set CLM_INDEXED to measure it)", 0.0, unit="")
        return
    os.environ["CLM_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "clm_site.settings"
    from clm_site import embedded

    with embedded.services(Path(home), names=["postgres", "redis"]):
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, skip_checks=True)
        worker = started(_worker(Path(home)))
        try:
            wait_for_the_embedder()
            yield from _measure()
        finally:
            stop(worker)


def _measure() -> Iterator[Figure]:
    from inference.models import Passage

    bodies = texts()
    passages = Passage.objects.filter(generation__live=True, current=True).count()
    ask(bodies[0], 0)
    idle, late, slowest = asked(bodies, first=1)
    cpu = cpu_times(bodies)
    bare = parts(bodies)
    load = f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores"
    note = f"p50 {at(idle, 0.5):.0f} ms, {len(bodies)} real texts, {passages:,} passages, {late} by words alone, {load}"
    yield Figure(NAME, "a live check, p95", at(idle, 0.95), "ms", BAR, f"{note}; slowest rule {slowest}")
    yield Figure(
        NAME,
        "processor time of a check in the web process, p50",
        at(cpu, 0.5),
        "ms",
        note=f"p95 {at(cpu, 0.95):.0f} ms",
    )
    ratio = statistics.median(idle) / statistics.median(bare)
    yield Figure(
        NAME, "a live check ÷ parse, nearest vectors, names, p50", ratio, "×", None, f"÷ {at(bare, 0.5):.0f} ms"
    )
    run = started([sys.executable, "manage.py", "shell", "-v", "0", "-c", EMBED_ON], nice=10)
    try:
        time.sleep(25)
        busy, late, slowest = asked(bodies, first=1000)
    finally:
        stop(run)
    note = f"p50 {at(busy, 0.5):.0f} ms, {late} of {len(busy)} by words alone, {load} before; slowest rule {slowest}"
    yield Figure(NAME, "a live check while the library is embedded, p95", at(busy, 0.95), "ms", BAR, note)
    yield Figure(NAME, "while it is embedded ÷ idle, p95", at(busy, 0.95) / at(idle, 0.95), "×")


def texts() -> list[str]:
    """Every so-many-th published text, whole."""
    from patterns.queries.library import published

    rows = published().order_by("pk").values_list("pk", flat=True)
    chosen = list(rows)[:: max(1, rows.count() // TEXTS)][:TEXTS]
    found = published().filter(pk__in=chosen).order_by("pk").values_list("current__source", flat=True)
    return list(found)


@functools.cache
def browser() -> Any:
    """One client for all requests: a new one would load the middleware anew each time, which no server does."""
    from django.test import Client

    return Client(headers={"accept": "application/json", "host": "localhost"})


def ask(text: str, number: int) -> tuple[float, bool]:
    """Check one text as a new pattern nobody has seen: milliseconds, and whether only words were compared."""
    form = {"kind": "new_pattern", "text": text.replace("title:", f"title: Draft {number} of", 1)}
    browser().cookies.clear()
    started_at = time.perf_counter()
    answer = browser().post("/contribute/checks/", form, REMOTE_ADDR=f"10.0.{number // 80}.9")
    took = (time.perf_counter() - started_at) * 1000
    assert answer.status_code in {200, 413}, answer.content[:300]
    return took, b"names and words alone" in answer.content


def asked(bodies: list[str], *, first: int) -> tuple[list[float], int, str]:
    times, late = [], 0
    for number, text in enumerate(bodies, start=first):
        took, without = ask(text, number)
        times.append(took)
        late += without
    return times, late, slowest_rule(bodies[:20], first + 500)


def cpu_times(bodies: list[str]) -> list[float]:
    """Milliseconds of processor time for the same, which others on this machine do not lengthen much."""
    times = []
    for number, text in enumerate(bodies, start=3000):
        begun = time.process_time()
        ask(text, number)
        times.append((time.process_time() - begun) * 1000)
    return times


def slowest_rule(bodies: list[str], first: int) -> str:
    """The check that takes longest, and how long at the median."""
    from patterns import checks
    from patterns.checks import typed

    times: dict[str, list[float]] = {}
    for number, text in enumerate(bodies, start=first):
        form = {"kind": "new_pattern", "text": text.replace("title:", f"title: Draft {number} of", 1)}
        proposal = typed.proposal(form)
        for name, (check, kinds) in checks._checks.items():  # noqa: SLF001
            if not kinds or proposal.kind in kinds:
                begun = time.perf_counter()
                list(check(proposal))
                times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
    name = max(times, key=lambda one: statistics.median(times[one]))
    return f"{name}, {statistics.median(times[name]):.0f} ms"


def parts(bodies: list[str]) -> list[float]:
    """Milliseconds of what no check can do without, each called straight. The vectors are at hand."""
    from inference.indexing import generations
    from inference.models import Passage
    from inference.retrieval.nearest import near
    from patterns.checks.relations import known_names
    from patterns.format import parse

    generation = generations.live()
    some = Passage.objects.filter(generation=generation, current=True, embedding__isnull=False)
    vectors = list(some.order_by("pk").values_list("embedding", flat=True)[: len(bodies)])

    def bare(text: str, vector: object) -> None:
        document = parse(text)
        near(vector, limit=40, generation=generation)
        known_names.get().find([document.title], library_id=None)

    bare(bodies[0], vectors[0])
    return [_timed(lambda pair=pair: bare(*pair)) for pair in zip(bodies, vectors, strict=False)]


def embed_on() -> None:
    """Embed passages of the live index and write their vectors, batch after batch, as an import does, till stopped."""
    from inference.backends import load
    from inference.indexing import embedding, generations
    from inference.indexing.fingerprints import embedded_text
    from inference.models import Passage

    generation, last = generations.live(), 0
    while True:
        rows = Passage.objects.filter(generation=generation, current=True, pk__gt=last).order_by("pk")
        batch = list(rows.values_list("pk", "revision__title", "section", "text")[:64])
        if not batch:
            last = 0
            continue
        last = batch[-1][0]
        found = load("embedder").embed([embedded_text(title=t, section=s, text=x) for _, t, s, x in batch])
        embedding.write(generation, [pk for pk, *_ in batch], list(found))


def wait_for_the_embedder(patience: float = 180) -> None:
    from clm_site import jobs

    end = time.monotonic() + patience
    while True:
        try:
            jobs.call(jobs.Job.EMBED, timeout=30, texts=["Are you there?"])
            return
        except jobs.Late:
            if time.monotonic() > end:
                raise
            time.sleep(1)


def started(command: list[str] | tuple[str, ...], *, nice: int = 0) -> "subprocess.Popen[bytes]":
    polite = ["nice", "-n", str(nice)] if nice else []
    return subprocess.Popen([*polite, *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def _worker(home: Path) -> tuple[str, ...]:
    from clm_site.supervisor.programs import workers

    return next(one.command for one in workers(home) if one.name == "interactive")


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    report(measure)
