"""How well a search finds, on public collections with judgments, and what it costs beside the bare calls it is made of.

CLM_EVAL names a folder with `cranfield/` and `cisi/` in BEIR's layout (corpus.jsonl, queries.jsonl, qrels.tsv). Each
document becomes a pattern of a scratch site and goes the product's own way: passages, word index, vectors, search.
CLM_BENCH_DENSE=no leaves the vectors out, which takes seconds instead of minutes. Ratios of quality are the bar
divided by what was reached, so that less is better as everywhere else.
"""

import json
import math
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figures import Figure, report
from bench.site import fresh_site

NAME = "retrieval"
WORDS_BARS = {"cranfield": 0.371, "cisi": 0.391}  # nDCG@10 of plain BM25 on these collections
DEPTH = 10

Judged = tuple[dict[str, str], dict[str, dict[str, float]]]


def measure() -> Iterator[Figure]:
    folder = os.environ.get("CLM_EVAL")
    if not folder:
        yield Figure(NAME, "quality of search (set CLM_EVAL to measure it)", 0.0, unit="")
        return
    dense = os.environ.get("CLM_BENCH_DENSE", "yes") != "no"
    with fresh_site():
        for name, bar in WORDS_BARS.items():
            _empty()
            yield from _measure(name, bar, Path(folder) / name, dense=dense)


def _measure(name: str, bar: float, folder: Path, *, dense: bool) -> Iterator[Figure]:
    from inference.indexing import generations, runs
    from inference.retrieval import vector, words

    queries, judgments = _judged(folder)
    owners = _fill(folder)
    generation = generations.live_or_first()
    run = runs.Run(generation, None)
    run.write()
    thing = _things(owners)

    def ranked(searcher: Callable[..., list], query: str) -> list[str]:
        return [thing[hit.passage_id] for hit in searcher(query, limit=100, generation=generation)]

    by_words = _quality(queries, judgments, lambda query: ranked(words.search, query))
    note = f"nDCG@10 {by_words:.3f}, {len(queries)} questions"
    yield Figure(NAME, f"{name}: plain BM25 ({bar}) ÷ our words", bar / by_words, most=1, note=note)
    if not dense:
        return
    started = time.perf_counter()
    while run.embed():
        pass
    rate = run.embedded / (time.perf_counter() - started)
    by_meaning = _quality(queries, judgments, lambda query: ranked(vector.search, query))
    both = _quality(queries, judgments, lambda query: _hybrid(query, owners))
    better = max(by_words, by_meaning)
    note = f"nDCG@10: words {by_words:.3f}, vectors {by_meaning:.3f}, both {both:.3f}"
    yield Figure(NAME, f"{name}: better part ÷ both", better / both, most=1, note=note)
    yield Figure(NAME, f"{name}: bare encode ÷ indexing, passages a second", _bare_rate() / rate, note=f"{rate:.0f}/s")
    yield _cost(name, list(queries.values()), generation)


def _hybrid(query: str, owners: dict[int, str]) -> list[str]:
    from inference.models import Passage
    from inference.retrieval import search

    found = search(query, limit=100).evidence
    pattern = dict(Passage.objects.filter(pk__in=[one.passage_id for one in found]).values_list("pk", "pattern_id"))
    return [owners[pattern[one.passage_id]] for one in found]


def _cost(name: str, queries: list[str], generation: object) -> Figure:
    """The whole search ÷ its bare parts (one query of each searcher), medians over the questions."""
    from django.core.cache import cache

    from inference.retrieval import search, vector, words

    def median(work: Callable[[str], object]) -> float:
        times = []
        for query in queries:
            cache.clear()
            started = time.perf_counter()
            work(query)
            times.append(time.perf_counter() - started)
        return statistics.median(times)

    def bare(query: str) -> None:
        words.search(query, limit=100, generation=generation)
        vector.search(query, limit=100, generation=generation)

    whole, parts = median(lambda query: search(query, limit=20)), median(bare)
    note = f"p50 {whole * 1000:.1f} ms ÷ {parts * 1000:.1f} ms"
    return Figure(NAME, f"{name}: search ÷ its two bare searchers", whole / parts, note=note)


def _bare_rate() -> float:
    """Passages a second that the embedder alone manages, on passages of this index."""
    from inference.backends import load
    from inference.models import Passage

    texts = list(Passage.objects.order_by("-pk").values_list("text", flat=True)[:128])
    started = time.perf_counter()
    load("embedder").embed(texts)
    return len(texts) / (time.perf_counter() - started)


def _judged(folder: Path) -> Judged:
    judgments: dict[str, dict[str, float]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text().splitlines()[1:]:
        query, document, gain = line.split()[:3]
        if float(gain) > 0:
            judgments[query][document] = float(gain)
    rows = [json.loads(line) for line in (folder / "queries.jsonl").read_text().splitlines()]
    return {row["_id"]: row["text"] for row in rows if row["_id"] in judgments}, judgments


def _empty() -> None:
    """Forget the collection before this one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE patterns_library, inference_indexgeneration CASCADE")


def _fill(folder: Path) -> dict[int, str]:
    """Make a pattern of every document; returns its id in the collection by the pattern's."""
    from tests.factories.library import make_pattern

    rows = [json.loads(line) for line in (folder / "corpus.jsonl").read_text().splitlines()]
    return {
        make_pattern(row["title"][:300] or row["_id"], row["text"] or ".", slug=f"d{row['_id']}", summary="").pk: row[
            "_id"
        ]
        for row in rows
    }


def _things(owners: dict[int, str]) -> dict[int, str]:
    from inference.models import Passage

    return {pk: owners[pattern] for pk, pattern in Passage.objects.values_list("pk", "pattern_id")}


def _quality(
    queries: dict[str, str], judgments: dict[str, dict[str, float]], rank: Callable[[str], list[str]]
) -> float:
    return statistics.fmean(_ndcg(list(dict.fromkeys(rank(text))), judgments[pk]) for pk, text in queries.items())


def _ndcg(ranking: list[str], gains: dict[str, float]) -> float:
    """nDCG at DEPTH with exponential gains (https://doi.org/10.1145/1102351.1102363)."""

    def total(values: list[float]) -> float:
        return sum((2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(values[:DEPTH]))

    return total([gains.get(document, 0.0) for document in ranking]) / total(sorted(gains.values(), reverse=True))


if __name__ == "__main__":
    report(measure)
