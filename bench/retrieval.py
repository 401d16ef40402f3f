"""How well a search finds, on public collections with judgments: `manage.py evaluate_retrieval` against its bars.

CLM_EVAL names a folder with `cranfield/` and `cisi/` in BEIR's layout (corpus.jsonl, queries.jsonl, qrels.tsv). Ratios
of quality are the bar divided by what was reached, so that less is better as everywhere else.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, report
from bench.site import fresh_site

NAME = "retrieval"
BARS = {"cranfield": (0.371, 0.425), "cisi": (0.391, 0.455)}  # nDCG@10 by words (plain BM25 less 0.005), and of both
BELOW = 0.005  # both may be so far below their better part


def measure() -> Iterator[Figure]:
    folder = os.environ.get("CLM_EVAL")
    if not folder:
        yield Figure(NAME, "quality of search (set CLM_EVAL to measure it)", 0.0, unit="")
        return
    with fresh_site():
        for name in BARS:
            yield from _measure(name, Path(folder) / name)


def _measure(name: str, folder: Path) -> Iterator[Figure]:
    from inference.evaluation.collections import read
    from inference.evaluation.retrieval import evaluate

    collection = read(folder)
    measured = evaluate(collection)
    words, vectors, both = (measured[method] for method in ("words", "vectors", "hybrid"))
    by_words, by_both = BARS[name]
    note = f"nDCG@10 {words.ndcg:.3f}, {len(collection.queries)} questions"
    yield Figure(NAME, f"{name}: bar of words ({by_words}) ÷ our words", by_words / words.ndcg, most=1, note=note)
    note = f"nDCG@10: words {words.ndcg:.3f}, vectors {vectors.ndcg:.3f}, both {both.ndcg:.3f}"
    yield Figure(NAME, f"{name}: bar of both ({by_both}) ÷ ours", by_both / both.ndcg, most=1, note=note)
    better = max(words.ndcg, vectors.ndcg)
    note = f"recall@100: words {words.recall:.3f}, vectors {vectors.recall:.3f}, both {both.recall:.3f}"
    yield Figure(NAME, f"{name}: better part less {BELOW} ÷ both", (better - BELOW) / both.ndcg, most=1, note=note)


if __name__ == "__main__":
    report(measure)
