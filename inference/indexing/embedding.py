"""Gives passages their vectors in slices of a few seconds, newest first, so that a fresh publication never waits."""

import time
from collections.abc import Sequence

from django.db import connection

from inference.backends import Embedder, load
from inference.indexing.fingerprints import embedded_text
from inference.models import IndexGeneration, Passage

BATCH = 64  # passages read, embedded and written at a time


def embed_some(generation: IndexGeneration, *, seconds: float) -> int:
    """Embed passages that lack a vector for about `seconds`; returns how many got one, 0 when none is left."""
    embedder: Embedder = load("embedder")
    end = time.monotonic() + seconds
    done = 0
    while True:
        waiting = _waiting(generation, limit=BATCH)
        if not waiting:
            return done
        texts = [embedded_text(title=title, section=section, text=text) for _, title, section, text in waiting]
        _write([pk for pk, *_ in waiting], embedder.embed(texts))
        done += len(waiting)
        if time.monotonic() >= end:
            return done


def count_waiting(generation: IndexGeneration) -> int:
    """How many current passages have no vector yet."""
    return Passage.objects.filter(generation=generation, current=True, embedding=None).count()


def _waiting(generation: IndexGeneration, *, limit: int) -> list[tuple[int, str, str, str]]:
    rows = Passage.objects.filter(generation=generation, current=True, embedding=None).order_by("-pk")
    return list(rows.values_list("pk", "revision__title", "section", "text")[:limit])


def _write(ids: Sequence[int], vectors: Sequence[Sequence[float]]) -> None:
    """One statement a batch; a passage that left meanwhile is passed over."""
    written = ["[" + ",".join(f"{number:.6g}" for number in vector) + "]" for vector in vectors]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE inference_passage p SET embedding = given.vector::halfvec "
            "FROM unnest(%s::bigint[], %s::text[]) AS given(id, vector) WHERE p.id = given.id",
            [list(ids), written],
        )
