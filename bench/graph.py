"""What answers ask of the graph on the real library: Kuzu and Ladybug beside the records and their own recursion.

Each engine runs in a process of its own, since two of them in one do not go together; all are asked the same and must
answer the same. A third of the relations count as approved here; `all` counts every suggestion too. Pairs are taken as
in bench/relations.py: half random, the rest with one hub or two.
"""

import importlib
import multiprocessing
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure, report
from bench.relations import BAR, HUBS, Timed, fill, rows, timed
from bench.site import fresh_site

NAME = "graph"
PAIRS = 80
PATIENCE = 60.0  # seconds for one question: a busy machine is not what is measured
ENGINES = ("kuzu", "ladybug")
WORDS = {
    "neighbours": "neighbours of a node",
    "shared": "what two share (two steps)",
    "prerequisites": "prerequisites at any depth",
    "paths": "paths of at most four steps",
}
# The engine's own way to find the same, for the paths: it lists every combination of parallel edges and no order.
NATIVE = (
    "MATCH p = (a:Thing {number: $source})-[e:Edge* ALL SHORTEST 1..4]-(b:Thing {number: $target}) "
    "RETURN nodes(p), rels(p) LIMIT 5"
)


def measure() -> Iterator[Figure]:
    with fresh_site():
        said = fill()
        rows("UPDATE patterns_relation SET state = 'approved' WHERE mod(id, 3) = 0")
        from inference.backends.postgres_graph import Graph as Records

        nodes, edges = Records().everything()
        asked = sample([node.key for node in nodes], edges)
        result = {"postgres": answers(Records(), asked)}
        with tempfile.TemporaryDirectory() as folder:
            for engine in ENGINES:
                with multiprocessing.get_context("spawn").Pool(1) as process:
                    arguments = (engine, Path(folder) / engine, nodes, edges, asked)
                    result[engine], result[f"{engine} built"], native = process.apply(in_engine, arguments)
                    result[f"{engine} native"] = native
        for engine in ENGINES:
            for what, states in result["postgres"]:
                if result[engine][what, states].found != result["postgres"][what, states].found:
                    raise RuntimeError(f"{engine} and the records disagree about {what} over {states} relations.")
        for engine in ENGINES:
            yield Figure(NAME, f"snapshot built, {engine}", result[f"{engine} built"], "s", note=said)
        for key in result["postgres"]:
            yield from compared(key, *(result[name][key] for name in ("postgres", *ENGINES)))
        for engine in ENGINES:
            ours, theirs = result[engine]["paths", "all"], result[f"{engine} native"]
            note = f"p50 {ours.p50:.1f} ÷ {theirs.p50:.1f} ms, p95 {ours.p95:.1f} ÷ {theirs.p95:.1f} ms, all relations"
            yield Figure(NAME, f"paths by level ÷ {engine}'s own ALL SHORTEST", ours.p50 / theirs.p50, note=note)


def compared(key: tuple[str, str], records: Timed, kuzu: Timed, ladybug: Timed) -> Iterator[Figure]:
    what, states = key
    bar = BAR if what in {"prerequisites", "paths"} else None
    name = f"{WORDS[what]}, {states} relations"
    note = f"p50 {kuzu.p50:.1f} ms, p95 of its own CPU time {kuzu.cpu:.1f} ms; "
    note += f"postgres p95 {records.p95:.1f} ms, ladybug p95 {ladybug.p95:.1f} ms"
    yield Figure(NAME, f"{name}, kuzu p95", kuzu.p95, "ms", most=bar, note=note)
    yield Figure(NAME, f"{name}, kuzu ÷ postgres", kuzu.p50 / records.p50, note=f"p50 of postgres {records.p50:.1f} ms")
    yield Figure(NAME, f"{name}, ladybug ÷ kuzu", ladybug.p50 / kuzu.p50, note=f"p50 of ladybug {ladybug.p50:.1f} ms")


def sample(keys: list[str], edges: list[Any]) -> dict[str, list[tuple[str, ...]]]:
    """What is asked: nodes, hubs first, and pairs."""
    chance = random.Random(7)
    degree = Counter(end for edge in edges for end in (edge.source, edge.target))
    hubs = [key for key, _ in degree.most_common(HUBS)]
    pairs = [tuple(chance.sample(keys, 2)) for _ in range(PAIRS // 2)]
    pairs += [(chance.choice(hubs), chance.choice(keys)) for _ in range(3 * PAIRS // 10)]
    pairs += [tuple(chance.sample(hubs, 2)) for _ in range(PAIRS // 5)]
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    return {"nodes": [(key,) for key in (*hubs, *chance.sample(keys, PAIRS))], "pairs": pairs}


def answers(graph: Any, asked: dict[str, list[tuple[str, ...]]]) -> dict[tuple[str, str], Timed]:
    from inference.graphs import EVERY, TRUSTED

    graph.seconds = PATIENCE
    found = {}
    for states, which in (("approved", TRUSTED), ("all", EVERY)):
        for what in WORDS:
            about = asked["nodes" if what in {"neighbours", "prerequisites"} else "pairs"]
            ask = getattr(graph, what)
            found[what, states] = timed(lambda *keys, ask=ask, which=which: ask(*keys, states=which), about)
            found[what, states].cpu = cpu95(ask, which, about)
    return found


def cpu95(ask: Any, states: tuple[str, ...], about: list[tuple[str, ...]]) -> float:
    """The 95th percentile of this process's own time, which other work on the machine does not lengthen much."""
    took = []
    for keys in about:
        started = time.process_time()
        ask(*keys, states=states)
        took.append((time.process_time() - started) * 1000)
    return statistics.quantiles(took, n=20)[-1]


def in_engine(
    engine: str, folder: Path, nodes: list[Any], edges: list[Any], asked: dict[str, list[tuple[str, ...]]]
) -> tuple[dict[tuple[str, str], Timed], float, Timed]:
    """Build, ask, and ask in the engine's own words; runs in a process of its own, which needs no site."""
    from inference.backends.walks import number_of

    graph = importlib.import_module(f"inference.backends.{engine}").Graph(folder)
    started = time.perf_counter()
    graph.build(nodes, edges, mark="bench")
    built = time.perf_counter() - started

    def native(source: str, target: str) -> int:
        values = {"source": number_of(source), "target": number_of(target)}
        with graph._reader().connection.execute(NATIVE, values) as rows:  # noqa: SLF001
            return len(rows.get_all())

    return answers(graph, asked), built, timed(native, asked["pairs"])


if __name__ == "__main__":
    report(measure)
