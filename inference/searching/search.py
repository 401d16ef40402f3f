"""The web's side of a search: ask the interactive worker within a deadline, else answer from words alone and say so.

No model is ever loaded here. PostgreSQL's full text stands in while no worker answers: it ranks worse than BM25, but
it is always there.
"""

import logging
import re
import time
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q, QuerySet

from clm_site import jobs
from clm_site.jobs import Job
from inference.models import Passage
from inference.names import entities
from inference.retrieval import evidence
from inference.retrieval.evidence import authorise
from inference.retrieval.filters import Narrowing, narrowing
from inference.retrieval.fusion import Candidate, best_of_each, fuse
from inference.retrieval.leading import first as leading
from inference.retrieval.leading import owner_of
from inference.searching.query import LONGEST
from inference.types import Entity, Evidence, Results
from inference.words.vocabulary import STOP_WORDS

log = logging.getLogger(__name__)

CANDIDATES = 1000  # passages ranked at most, so that a search for a word that all have stays quick
DEPTH = 100
MOST_WORDS = 12
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
    return replace(results, took_ms=took)


def by_words(query: str, *, limit: int, filters: Mapping[str, Any] | None = None, one_each: bool = False) -> Results:
    """Passages by PostgreSQL full text, what the query names first."""
    narrow = narrowing(filters)
    rows = _matching(SearchQuery(query, search_type="websearch", config="english"), narrow)
    if not rows and (terms := _terms(query)):
        rows = _matching(SearchQuery(" | ".join(terms), search_type="raw", config="english"), narrow)
    named = [one for one in entities.link(query) if narrow is None or narrow.admits(owner_of(one))]
    ranked = fuse([*rows, *_openings(named, known={one.passage_id for one in rows})])
    if one_each:
        ranked = best_of_each(ranked)
    ranked = leading(ranked, named, query=query)
    return Results(authorise(ranked, query=query, limit=limit), words_only=True, total=len(ranked))


def _matching(wanted: SearchQuery, narrow: Narrowing | None) -> list[Candidate]:
    some = _admitted(narrow).filter(words=wanted).values("pk")[:CANDIDATES]
    ranked = Passage.objects.filter(pk__in=some).annotate(
        rank=SearchRank(F("words"), wanted, cover_density=True, normalization=1)
    )
    rows = ranked.order_by("-rank", "pk").values_list("pk", "pattern_id", "lighthouse_id", "rank")[:DEPTH]
    return [Candidate(pk, _owner(pattern, lighthouse), bm25=rank) for pk, pattern, lighthouse, rank in rows]


def _openings(named: Sequence[Entity], *, known: AbstractSet[int]) -> list[Candidate]:
    """The first passage of each pattern and lighthouse that the query names."""
    if not named:
        return []
    of = {kind: [one.id for one in named if one.kind == kind] for kind in ("pattern", "lighthouse")}
    rows = evidence.readable().filter(Q(pattern__in=of["pattern"]) | Q(lighthouse__in=of["lighthouse"]), position=0)
    found = rows.exclude(pk__in=known).values_list("pk", "pattern_id", "lighthouse_id")
    return [Candidate(pk, _owner(pattern, lighthouse)) for pk, pattern, lighthouse in found]


def _admitted(narrow: Narrowing | None) -> QuerySet[Passage]:
    rows = evidence.readable()
    if narrow is None:
        return rows
    patterns = Q(pattern__isnull=False) if narrow.patterns is None else Q(pattern__in=narrow.patterns)
    return rows.filter(patterns | Q(lighthouse__isnull=False) if narrow.lighthouses else patterns)


def _owner(pattern: int | None, lighthouse: int | None) -> str:
    return f"p{pattern}" if pattern else f"l{lighthouse}"


def _terms(query: str) -> list[str]:
    words = [word for word in _WORD.findall(query.lower()) if word not in STOP_WORDS]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def _read(found: Mapping[str, Any]) -> Results:
    """What the worker sent, as the values it was made of."""
    return Results(**{**found, **{key: tuple(map(_evidence, found.get(key, ()))) for key in ("evidence", "nearest")}})


def _evidence(found: Mapping[str, Any]) -> Evidence:
    return Evidence(**{**found, "why": tuple(found["why"])})
