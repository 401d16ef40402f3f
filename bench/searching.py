"""What a whole search costs beside its bare parts, and how much the index of vectors misses, on a library in full.

CLM_INDEXED names the CLM_HOME of a site whose library is imported and embedded (`manage.py index`); it is only read,
but for the index of vectors, which is built if it is missing. Ours is `inference.retrieval.search`; bare are the same
call of the word index, the same statement for the nearest vectors and one fetch of the passages shown, with nothing
around them. The vectors of the questions are known to both.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figures import Figure, report

NAME = "searching"
QUESTIONS = 120
ROUNDS = 3
SHOWN = 20


def measure() -> Iterator[Figure]:
    home = os.environ.get("CLM_INDEXED")
    if not home:
        yield Figure(NAME, "search over a whole library (set CLM_INDEXED to measure it)", 0.0, unit="")
        return
    os.environ["CLM_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "clm_site.settings"
    from clm_site import embedded

    with embedded.services(Path(home), names=["postgres", "redis"]):
        import django

        django.setup()
        yield from _measure()


def _measure() -> Iterator[Figure]:
    from inference.indexing import generations, nearness
    from inference.models import Passage
    from inference.retrieval import nearest, search, vector

    generation = generations.live()
    nearness.ensure(generation)
    passages = Passage.objects.filter(generation=generation, current=True).count()
    questions = _questions()
    vectors = {question: vector.query_vector(question) for question in questions}
    bare = _bare(generation, vectors)
    for question in questions[:10]:
        search(question, limit=SHOWN)
        bare(question)
    ours, parts = _times(questions, lambda question: search(question, limit=SHOWN), bare)
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        whole, part = _at(ours, share), _at(parts, share)
        most = {"p50": 1.5, "p95": 2.0}[name]
        note = f"{whole:.1f} ms ÷ {part:.1f} ms, {passages:,} passages, {len(questions)} questions, {ROUNDS} rounds"
        yield Figure(NAME, f"{name} of a search ÷ its bare parts", whole / part, most=most, note=note)

    def by_index(question: str, depth: int = 100) -> list[int]:
        found = nearest.near(vectors[question], limit=depth, generation=generation).nearest
        return [one.passage_id for one in found]

    def exactly(question: str, depth: int = 100) -> list[int]:
        statement = nearest._statement(vectors[question], generation, None, exactly=True, others=False)  # noqa: SLF001
        return [one.passage_id for one in nearest._read(statement, {"limit": depth}).nearest]  # noqa: SLF001

    for depth in (10, 100):
        missed = [1 - len({*by_index(q, depth)} & {*exactly(q, depth)}) / depth for q in questions]
        yield Figure(
            NAME, f"nearest {depth} passages missed by the index", 100 * statistics.fmean(missed), unit="%", most=2
        )
    quick, slow = _times(questions[:40], by_index, exactly)
    note = f"p50 {_at(quick, 0.5):.1f} ms ÷ {_at(slow, 0.5):.1f} ms"
    yield Figure(NAME, "nearest vectors by the index ÷ all read", _at(quick, 0.5) / _at(slow, 0.5), most=1, note=note)


def _bare(generation: object, vectors: dict[str, object]) -> Callable[[str], None]:
    """The parts a search cannot do without, each called straight."""
    from django.db import connection

    from inference.backends import load
    from inference.retrieval import hybrid, nearest

    words = load("words")
    statements = {
        question: nearest._statement(each, generation, None, exactly=False, others=False)  # noqa: SLF001
        for question, each in vectors.items()
    }
    fetch = (
        "SELECT p.id, p.revision_id, p.section, p.anchor, p.start, p.end, p.text, p.sha256, r.title "
        "FROM inference_passage p JOIN patterns_revision r ON r.id = p.revision_id WHERE p.id = ANY(%s)"
    )

    def bare(question: str) -> None:
        words.search(question, limit=hybrid.SCORED * hybrid.DEPTH)
        with connection.cursor() as cursor:
            cursor.execute(statements[question], {"limit": hybrid.DEPTH})
            while cursor.description is None:
                cursor.nextset()
            rows = cursor.fetchall()
            cursor.execute(fetch, [[row[1] for row in rows[:SHOWN]]])
            cursor.fetchall()

    return bare


def _times(questions: list[str], *works: Callable[[str], object]) -> list[list[float]]:
    """Milliseconds of each work, taken in turn, so that whatever else the machine does meets all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for question in questions:
            for place, work in enumerate(works):
                started = time.perf_counter()
                work(question)
                times[place].append((time.perf_counter() - started) * 1000)
    return times


def _questions() -> list[str]:
    """Half titles as people type them, half the first words of a summary, as people describe what they look for."""
    from patterns.queries.library import published

    rows = list(published().order_by("changed_at", "pk").values_list("title", "summary"))
    every = max(1, len(rows) // QUESTIONS)
    chosen = rows[::every][:QUESTIONS]
    return [
        f"how does {title.lower()} work" if place % 2 else " ".join((summary or title).split()[:14])
        for place, (title, summary) in enumerate(chosen)
    ]


def _at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


if __name__ == "__main__":
    report(measure)
