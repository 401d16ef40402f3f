"""One search: by words and by meaning, fused, and only what may be read. Runs where the embedder is, in the workers."""

import logging
import time
from collections.abc import Mapping
from typing import Any

from inference import entities, routing
from inference.backends import BackendError
from inference.indexing import generations
from inference.models import IndexGeneration
from inference.retrieval import evidence, fusion, graph, vector, words
from inference.types import Hit, Results, RouteKind

log = logging.getLogger(__name__)

DEPTH = 100  # candidates of each searcher
MOST = 200
FLOOR = 0.2  # cosine below which a passage that shares no word with the query has nothing to do with it
GRAPH = 0.3  # weight of relations, where the question is about them


def search(
    query: str,
    *,
    limit: int = 20,
    filters: Mapping[str, Any] | None = None,
    one_each: bool = False,
) -> Results:
    """The passages that say most about `query`, best first, with the reasons each was chosen.

    `filters`: `domain`, `category`, `tier`, `library`, `kind`. `one_each`: only the best passage of a pattern.
    `total` counts what was found before `limit`. Where nothing can embed, words alone answer and the result says so.
    """
    started = time.perf_counter()
    generation = generations.live()
    limit = max(0, min(limit, MOST))
    if generation is None or not query.strip() or not limit:
        return Results(())
    by_words = _tried("words", words.search, query, generation=generation, filters=filters)
    by_meaning = _tried("meaning", vector.search, query, generation=generation, filters=filters)
    joined = [] if filters else _joined(query, generation)
    rankings = [(fusion.DENSE, by_meaning or []), (fusion.WORDS, by_words or []), (GRAPH, joined)]
    said = {hit.passage_id for hit in (*(by_words or ()), *joined)}
    far = {hit.passage_id for hit in by_meaning or () if hit.score < FLOOR} - said
    fused = [one for one in fusion.fuse(rankings) if one.passage_id not in far]
    # More than asked for, since what may not be read any more falls out.
    found = evidence.authorise(fused[: 2 * DEPTH], query=query)
    if fused and not found and generations.live() != generation:  # another went live in the middle of this search
        return search(query, limit=limit, filters=filters, one_each=one_each)
    if one_each:
        found = evidence.best_of_each(found)
    took = round((time.perf_counter() - started) * 1000, 1)
    return Results(found[:limit], words_only=by_meaning is None, took_ms=took, total=len(found))


def _joined(query: str, generation: IndexGeneration) -> list[Hit]:
    """What relations join to the things a question names, where it asks for relations."""
    named = entities.link(query)
    if not named or routing.route(query, entities=named).kind != RouteKind.GRAPH:
        return []
    return graph.search(named, limit=DEPTH, generation=generation)


def _tried(what: str, searcher: Any, query: str, **options: Any) -> list[Hit] | None:
    """The hits of one searcher, or None where it cannot search: the other one still answers."""
    try:
        return searcher(query, limit=DEPTH, **options)
    except BackendError as problem:
        log.warning("search by %s is not possible: %s", what, problem)
        return None
