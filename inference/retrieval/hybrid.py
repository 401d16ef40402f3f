"""One search: by words and by meaning, fused, and only what may be read. Runs where the embedder is, in the workers."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from inference import routing
from inference.backends import BackendError
from inference.indexing import generations
from inference.models import IndexGeneration
from inference.names import entities
from inference.retrieval import evidence, fusion, graph, leading, nearest, vector, words
from inference.retrieval.filters import Narrowing, narrowing
from inference.retrieval.fusion import Candidate, Fused
from inference.retrieval.moment import live_now
from inference.types import Entity, Hit, Results, RouteKind

log = logging.getLogger(__name__)

DEPTH = 100  # candidates of each searcher
DEPTHS = (DEPTH, 400, 1600, 6400)  # tried where fewer entries were found than wanted and there are more
SCORED = 3  # times as many passages are scored by words as are candidates for it: those near in meaning want theirs
MOST = 200
FLOOR = 0.2  # cosine below which a passage that shares no word with the query has nothing to do with it
NEAREST = 5  # entries offered where nothing was found


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query as the searchers take it; without a `vector` words alone answer."""

    query: str
    vector: np.ndarray | None
    generation: IndexGeneration
    narrow: Narrowing | None
    named: Sequence[Entity]
    joined: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything two searchers and the relations bring; `whole` when there is nothing more to bring."""

    candidates: tuple[Candidate, ...]
    whole: bool


def search(
    query: str,
    *,
    limit: int = 20,
    filters: Mapping[str, Any] | None = None,
    one_each: bool = False,
) -> Results:
    """The passages that say most about `query`, best first, with the reasons each was chosen.

    `filters` are the facets of browsing and `kind`, see `inference.retrieval.filters`; with them, as many are found
    as there are, down to what has little to do with the query. `one_each`: only the best passage of a pattern or
    lighthouse. What the query names is among the first. `total` counts what was found before `limit`. Where nothing
    can embed, words alone answer and the result says so.
    """
    started = time.perf_counter()
    generation, newest = live_now()
    limit = max(0, min(limit, MOST))
    narrow = narrowing(filters)
    if generation is None or not query.strip() or not limit or (narrow and narrow.is_empty):
        return Results(())
    named = [
        one for one in entities.link(query, newest=newest) if narrow is None or narrow.admits(leading.owner_of(one))
    ]
    joined = [] if narrow else _joined(query, named, generation)
    asked = _Asked(query, _vector(query, generation), generation, narrow, named, joined)
    for depth in DEPTHS:
        found = _candidates(asked, depth)
        ranked = fusion.fuse(found.candidates)
        if one_each:
            ranked = fusion.best_of_each(ranked)
        if found.whole or len(ranked) >= limit:
            break
    near = ranked if narrow else [one for one in ranked if _says_something(one)]
    near = leading.first(near, named, query=query)
    chosen = evidence.authorise(near, query=query, limit=limit)
    if near and not chosen and generations.live() != generation:  # another went live in the middle of this search
        return search(query, limit=limit, filters=filters, one_each=one_each)
    return Results(
        chosen,
        words_only=asked.vector is None,
        took_ms=round((time.perf_counter() - started) * 1000, 1),
        total=len(near),
        nearest=() if chosen else evidence.authorise(fusion.best_of_each(ranked), query=query, limit=NEAREST),
    )


def _candidates(asked: _Asked, depth: int) -> _Found:
    """What each searcher found at this depth, and beside it all of what is named, each with all of its scores."""
    scored = SCORED * depth
    try:
        by_words = words.scores(asked.query, limit=scored, generation=asked.generation, narrow=asked.narrow)
    except BackendError as problem:
        log.warning("search by words is not possible: %s", problem)
        by_words = []
    scores = dict(by_words)
    relations = {hit.passage_id: hit for hit in asked.joined}
    near = nearest.near(
        asked.vector,
        limit=depth,
        generation=asked.generation,
        narrow=asked.narrow,
        also={*list(scores)[:depth], *relations},
        of=[one.id for one in asked.named if one.kind == "pattern"],
    )
    together = {one.passage_id: one for one in (*near.others, *near.nearest)}
    candidates = tuple(
        Candidate(pk, one.owner, one.cosine, scores.get(pk, 0.0), *_relation(relations.get(pk)))
        for pk, one in together.items()
    )
    exhausted = len(by_words) < scored and (asked.vector is None or len(near.nearest) < depth)
    return _Found(candidates, exhausted)


def _relation(hit: Hit | None) -> tuple[float, str]:
    return (hit.score, hit.why) if hit else (0.0, "")


def _vector(query: str, generation: IndexGeneration) -> np.ndarray | None:
    """The vector of the query, or None where nothing can embed, or only a model that did not make this index."""
    try:
        found = vector.query_vector(query, model=generation.model)
    except BackendError as problem:
        log.warning("search by meaning is not possible: %s", problem)
        return None
    if len(found) != generation.dimensions:
        log.warning("search by meaning is not possible: the index was made by %s", generation.model)
        return None
    return found


def _joined(query: str, named: Sequence[Entity], generation: IndexGeneration) -> list[Hit]:
    """What relations join to the things a question names, where it asks for relations."""
    if not named or routing.route(query, entities=named).kind != RouteKind.GRAPH:
        return []
    return graph.search(named, limit=DEPTH, generation=generation)


def _says_something(one: Fused) -> bool:
    candidate = one.candidate
    return bool(one.words or candidate.joined or (candidate.cosine is not None and candidate.cosine >= FLOOR))
