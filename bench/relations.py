"""The relation explorer on the real library with everything suggested in it: ways, prerequisites, and the whole page.

Beside our breadth-first search stands what one would take instead: the recursive query of the PostgreSQL manual that
walks to every pattern within six steps, and reading all relations to search them in Python. Pairs are taken in turns:
random ones, a hub and another, two hubs.
"""

import os
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from bench.figures import Figure, report
from bench.pages import grow
from bench.site import fresh_site

NAME = "relations"
BAR = 50  # milliseconds, the 95th percentile
PAIRS = 200
HUBS = 20
ROUNDS = 3
RECURSIVE = """
    WITH RECURSIVE edges AS MATERIALIZED (
        SELECT r.source_id, r.target_id FROM patterns_relation r
        JOIN patterns_pattern s ON s.id = r.source_id AND s.state = 'published'
        JOIN patterns_pattern t ON t.id = r.target_id AND t.state = 'published'
        WHERE r.state <> 'rejected' AND r.source_id <> r.target_id
    ),
    ways AS MATERIALIZED (SELECT source_id a, target_id b FROM edges UNION SELECT target_id, source_id FROM edges),
    walk(here, steps) AS (
        SELECT %s::bigint, 0 UNION SELECT w.b, k.steps + 1 FROM walk k JOIN ways w ON w.a = k.here WHERE k.steps < 6
    )
    SELECT min(steps) FROM walk WHERE here = %s
"""
ALL = """
    SELECT r.source_id, r.target_id FROM patterns_relation r
    JOIN patterns_pattern s ON s.id = r.source_id AND s.state = 'published'
    JOIN patterns_pattern t ON t.id = r.target_id AND t.state = 'published'
    WHERE r.state <> 'rejected' AND r.source_id <> r.target_id
"""


def measure() -> Iterator[Figure]:
    with fresh_site():
        said = fill()
        from patterns.exploring.ways import shortest_ways
        from patterns.models import Pattern
        from patterns.queries import graph
        from patterns.queries.between import what_joins
        from patterns.queries.prerequisites import prerequisites_of

        pairs, hubs = sample()
        states = graph.WITH_SUGGESTED
        touching = graph.touching(states)
        known = Pattern.objects.in_bulk({end for pair in pairs for end in pair} | set(hubs))
        ours = timed(lambda a, b: shortest_ways(a, b, touching=touching).steps, pairs)
        tenth = pairs[::10]
        recursive = timed(lambda a, b: rows(RECURSIVE, [a, b])[0][0], tenth)
        all_at_once = timed(in_python, tenth)
        if [ours.found[pair] for pair in tenth] != list(recursive.found.values()):
            raise RuntimeError("The recursive query and our search disagree about the distance of two patterns.")
        note = f"{said}; {len(pairs)} pairs: half random, 60 with a hub, 40 two hubs; best of 3; p50 {ours.p50:.1f} ms"
        yield Figure(NAME, "shortest ways, p95", ours.p95, "ms", most=BAR, note=note)
        part = timed(lambda a, b: shortest_ways(a, b, touching=touching).steps, tenth)
        note = f"p50 {recursive.p50:.0f} ms of every tenth pair, ours {part.p50:.1f} ms"
        yield Figure(NAME, "shortest ways ÷ one recursive query", part.p50 / recursive.p50, most=1, note=note)
        note = f"p50 {all_at_once.p50:.0f} ms"
        yield Figure(NAME, "shortest ways ÷ reading all and searching in Python", part.p50 / all_at_once.p50, note=note)
        whole = timed(lambda a, b: what_joins(known[a], known[b], states).steps, pairs)
        note = f"ways, shared neighbours, requirements and pictures; p50 {whole.p50:.1f} ms"
        yield Figure(NAME, "all that joins two patterns, p95", whole.p95, "ms", most=BAR, note=note)
        asking = [(one,) for one in (*hubs, *(pair[0] for pair in pairs))]
        needs = timed(lambda one: prerequisites_of(known[one], states).needs.total, asking)
        note = f"both directions with circles and pictures, {len(asking)} patterns, hubs first; p50 {needs.p50:.1f} ms"
        yield Figure(NAME, "prerequisites at any depth, p95", needs.p95, "ms", most=BAR, note=note)


def fill() -> str:
    """Import the real library where CLM_CORPUS names it, else make one up; return what there is, in words."""
    if corpus := os.environ.get("CLM_CORPUS"):
        from patterns.importing import import_library

        import_library(corpus)
    else:
        grow(0, 3_600)
    rows("ANALYZE")
    relations = rows(f"SELECT count(*) FROM ({ALL}) r")[0][0]  # noqa: S608 - our own words
    return f"{'the real library' if corpus else 'made up'}, {relations:,} relations"


def sample() -> tuple[list[tuple[int, int]], list[int]]:
    """Return the pairs, and the patterns with the most relations."""
    chance = random.Random(7)
    degree = Counter(end for pair in rows(ALL) for end in pair)
    every = [pk for (pk,) in rows("SELECT id FROM patterns_pattern WHERE state = 'published' ORDER BY id")]
    hubs = [pk for pk, _ in degree.most_common(HUBS)]
    pairs = [tuple(chance.sample(every, 2)) for _ in range(PAIRS // 2)]
    pairs += [(chance.choice(hubs), chance.choice(every)) for _ in range(3 * PAIRS // 10)]
    pairs += [tuple(chance.sample(hubs, 2)) for _ in range(PAIRS // 5)]
    chance.shuffle(pairs)
    return [pair for pair in pairs if pair[0] != pair[1]], hubs


class Timed:
    """The best duration in milliseconds and what was found, by what was asked."""

    def __init__(self) -> None:
        self.best: dict[tuple, float] = {}
        self.found: dict[tuple, object] = {}

    @property
    def p50(self) -> float:
        return statistics.median(self.best.values())

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.best.values(), n=20)[-1]


def timed(ask: Callable, asked: Sequence[tuple]) -> Timed:
    """Ask everything `ROUNDS` times; the best time of each counts, so that a busy machine is not what is measured."""
    result = Timed()
    for _ in range(ROUNDS):
        for one in asked:
            started = time.perf_counter()
            result.found[one] = ask(*one)
            took = (time.perf_counter() - started) * 1000
            result.best[one] = min(took, result.best.get(one, took))
    return result


def in_python(start: int, end: int) -> int | None:
    """The steps between two patterns, from all relations read for the question."""
    joined = defaultdict(list)
    for a, b in rows(ALL):
        joined[a].append(b)
        joined[b].append(a)
    known, frontier, steps = {start}, [start], 0
    while frontier and end not in known and steps < 6:
        steps += 1
        frontier = [there for here in frontier for there in joined[here] if not (there in known or known.add(there))]
    return steps if end in known else None


def rows(query: str, values: Sequence[object] = ()) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchall() if cursor.description else []


if __name__ == "__main__":
    report(measure)
