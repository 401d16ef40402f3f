"""The web's side of a search: ask the interactive worker within a deadline, else answer from words alone and say so.

No model is ever loaded here. PostgreSQL's full text stands in while no worker answers: it ranks worse than BM25, but
it is always there.
"""

import logging
import re
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from clm_site import jobs
from clm_site.jobs import Job
from inference import entities
from inference.models import Passage
from inference.retrieval import evidence
from inference.retrieval.filters import narrowed
from inference.retrieval.fusion import Fused, fuse
from inference.types import Evidence, Hit, Results
from inference.vocabulary import STOP_WORDS

log = logging.getLogger(__name__)

CANDIDATES = 1000  # passages ranked at most, so that a search for a word that all have stays quick
DEPTH = 100
MOST_WORDS = 12
LONGEST = 400  # characters of a query that are read
_WORD = re.compile(r"[^\W_]{2,40}")


def find(query: str, *, limit: int = 20, filters: Mapping[str, Any] | None = None, one_each: bool = False) -> Results:
    """The fused ranking of `inference.retrieval.search`, or the ranking by words alone where no worker is in time."""
    query = " ".join(query.replace("\0", " ").split())[:LONGEST]
    if not query:
        return Results(())
    started = time.perf_counter()
    try:
        found = jobs.call(
            Job.SEARCH,
            timeout=settings.SEARCH_DEADLINE,
            query=query,
            limit=limit,
            filters=dict(filters or {}),
            one_each=one_each,
        )
    except (jobs.Late, jobs.Failed) as problem:
        log.info("searched by words alone: %s", problem)
        found = None
    results = by_words(query, limit=limit, filters=filters, one_each=one_each) if found is None else _read(found)
    took = round((time.perf_counter() - started) * 1000, 1)
    return Results(results.evidence, words_only=results.words_only, took_ms=took, total=results.total)


def by_words(query: str, *, limit: int, filters: Mapping[str, Any] | None = None, one_each: bool = False) -> Results:
    """Passages by PostgreSQL full text, what the query names first."""
    rows = _matching(SearchQuery(query, search_type="websearch", config="english"), filters)
    if not rows and (terms := _terms(query)):
        rows = _matching(SearchQuery(" | ".join(terms), search_type="raw", config="english"), filters)
    hits = [Hit(pk, rank, "") for pk, rank in rows]
    found = evidence.authorise([*_named(query, filters), *fuse([(1.0, hits)])], query=query)
    if one_each:
        found = evidence.best_of_each(found)
    return Results(found[:limit], words_only=True, total=len(found))


def _matching(wanted: SearchQuery, filters: Mapping[str, Any] | None) -> list[tuple[int, float]]:
    some = evidence.readable().filter(narrowed(filters), words=wanted).values("pk")[:CANDIDATES]
    ranked = Passage.objects.filter(pk__in=some).annotate(
        rank=SearchRank(F("words"), wanted, cover_density=True, normalization=1)
    )
    return list(ranked.order_by("-rank", "pk").values_list("pk", "rank")[:DEPTH])


def _named(query: str, filters: Mapping[str, Any] | None) -> list[Fused]:
    """The first passage of each pattern and lighthouse that the query names."""
    named = entities.link(query)
    if not named:
        return []
    first = evidence.readable().filter(narrowed(filters), position=0)
    patterns = first.filter(pattern__in=[one.id for one in named if one.kind == "pattern"])
    lighthouses = first.filter(lighthouse__in=[one.id for one in named if one.kind == "lighthouse"])
    return [Fused(pk, 1.0, ()) for pk in patterns.union(lighthouses).values_list("pk", flat=True)]


def _terms(query: str) -> list[str]:
    words = [word for word in _WORD.findall(query.lower()) if word not in STOP_WORDS]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def _read(found: Mapping[str, Any]) -> Results:
    """What the worker sent, as the values it was made of."""
    items = tuple(Evidence(**{**one, "why": tuple(one["why"])}) for one in found["evidence"])
    return Results(items, words_only=found["words_only"], took_ms=found["took_ms"], total=found["total"])
