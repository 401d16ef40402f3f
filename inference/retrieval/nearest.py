"""The passages nearest to a vector, from PostgreSQL: by the index of vectors where there is one, else read exactly.

One statement brings those, and the cosines of passages that other searchers found. What is read of the index, and when
every vector is read instead, was measured: docs/adr/0015.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.db import connection

from inference.models import IndexGeneration
from inference.models.index import PUBLIC
from inference.retrieval.filters import Narrowing
from inference.retrieval.fusion import Candidate

SEARCHED: Final = 500  # candidates the index of vectors keeps while it is read; 40 is pgvector's own
FEW: Final = 600  # patterns whose vectors are all read

_LIVE: Final = "generation_id = {generation} AND current AND corpus = '{public}'"
_OTHERS: Final = """
    SELECT 2, id, pattern_id, lighthouse_id, {distance} FROM inference_passage
     WHERE {live} AND (id = ANY(%(also)s) OR pattern_id = ANY(%(of)s))"""
_NEAREST: Final = """
    (SELECT 1, id, pattern_id, lighthouse_id, {distance} AS distance FROM inference_passage
      WHERE {live} AND embedding IS NOT NULL {admitted} ORDER BY distance LIMIT %(limit)s)"""
# One message is one transaction, so that what is set here ends with it.
_SET: Final = "SET LOCAL hnsw.ef_search = {searched}; SET LOCAL hnsw.iterative_scan = strict_order;"


@dataclass(frozen=True, slots=True)
class Near:
    """Passages nearest to a question, best first, and those that were asked for by name, with their cosines."""

    nearest: tuple[Candidate, ...]
    others: tuple[Candidate, ...] = ()


def near(
    vector: np.ndarray | None,
    *,
    limit: int,
    generation: IndexGeneration,
    narrow: Narrowing | None = None,
    also: Collection[int] = (),
    of: Collection[int] = (),
) -> Near:
    """The `limit` passages nearest to a unit vector, and beside them the passages `also` and all of the patterns `of`.

    As many as there are are found, however few `narrow` admits: where those are few, or the index of vectors gives up
    before, every admitted vector is read. Without a vector only `also` and `of` are found, and have no cosine.
    """
    values = {"limit": limit, "also": list(also), "of": list(of)}
    if vector is None:
        return _read(_statement(None, generation, None, exactly=True, others=True), values)
    if narrow is not None and narrow.patterns is not None:
        values["patterns"] = list(narrow.patterns)
    exactly = "patterns" in values and len(values["patterns"]) <= FEW
    others = bool(also or of)
    found = _read(_statement(vector, generation, narrow, exactly=exactly, others=others), values)
    if narrow is not None and not exactly and len(found.nearest) < limit:
        found = _read(_statement(vector, generation, narrow, exactly=True, others=others), values)
    return found


def _statement(
    vector: np.ndarray | None, generation: IndexGeneration, narrow: Narrowing | None, *, exactly: bool, others: bool
) -> str:
    live = _LIVE.format(generation=int(generation.pk), public=PUBLIC)
    if vector is None:
        return _OTHERS.format(live=live, distance="NULL")
    asked = f"halfvec({int(generation.dimensions)}) '[{','.join(f'{number:.6g}' for number in vector)}]'"
    # The index is over the typed expression; the bare column is read exactly, whatever index there is.
    column = "embedding" if exactly else f"embedding::halfvec({int(generation.dimensions)})"
    distance = f"{column} <=> {asked}"
    parts = [_NEAREST.format(live=live, admitted=_admitted(narrow), distance=distance)]
    if others:
        parts.append(_OTHERS.format(distance=f"embedding <=> {asked}", live=live))
    return _SET.format(searched=SEARCHED) + " UNION ALL ".join(parts)


def _admitted(narrow: Narrowing | None) -> str:
    if narrow is None or (narrow.patterns is None and narrow.lighthouses):
        return ""
    if narrow.patterns is None:
        return "AND pattern_id IS NOT NULL"
    return f"AND (pattern_id = ANY(%(patterns)s){' OR lighthouse_id IS NOT NULL' * narrow.lighthouses})"


def _read(statement: str, values: dict) -> Near:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        while cursor.description is None:  # of what was set
            cursor.nextset()
        rows = cursor.fetchall()
    found: tuple[list[Candidate], list[Candidate]] = [], []
    for part, pk, pattern, lighthouse, distance in rows:
        cosine = None if distance is None else 1 - distance
        found[part - 1].append(Candidate(pk, f"p{pattern}" if pattern else f"l{lighthouse}", cosine))
    return Near(tuple(sorted(found[0], key=lambda one: -(one.cosine or 0.0))), tuple(found[1]))
