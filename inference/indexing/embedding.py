"""Gives passages their vectors in slices of a few seconds, newest first, so that a fresh publication never waits.

While one batch is embedded in a thread of its own, the one before is written and the next one read: the processor that
multiplies never waits for the database. Batches are of passages alike in length, since a batch takes as long as its
longest text.
"""

import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from django.db import connection

from inference.backends import BackendError
from inference.indexing import generations
from inference.indexing.fingerprints import embedded_text
from inference.indexing.vectors import vectors_or_problems
from inference.models import IndexGeneration, Passage

AHEAD = 1024  # passages read and sorted by length at a time
FRESH = 64  # the newest passages, which go before all others: about two patterns
SMALLEST, LARGEST = 32, 256  # passages embedded and written at a time
SECONDS = 1.0  # that a batch should take: what is published waits for the one in hand

_encoder = ThreadPoolExecutor(1, thread_name_prefix="embedding")  # one at a time: each uses all processors


@dataclass(frozen=True, slots=True)
class Waiting:
    """A passage without a vector, what the embedder reads of it, and its fingerprint."""

    id: int
    revision_id: int
    text: str
    sha256: str


@dataclass(slots=True)
class _Batch:
    waiting: Sequence[Waiting]
    vectors: "Future[list[np.ndarray | str]]"
    started: float = field(default_factory=time.monotonic)


class Embedding:
    """Embeds what waits in one generation. A batch may be in hand between two slices; `finish` writes it."""

    def __init__(self, generation: IndexGeneration) -> None:
        self.generation = generation
        self.failed = 0
        self._size = SMALLEST
        self._ahead: deque[Waiting] = deque()
        self._newest = 0  # revision read so far: a newer one goes first
        self._oldest: int | None = None
        self._given: set[int] = set()  # in hand, and not written yet
        self._hand: _Batch | None = None

    def some(self, *, seconds: float) -> int:
        """Embed for about `seconds`; returns how many passages got a vector or a problem, 0 when none is left."""
        end = time.monotonic() + seconds
        done = 0
        fresh = True
        while True:
            following = self._next(fresh=fresh)
            fresh = False
            if self._hand is None and not following:
                return done
            before, self._hand = self._hand, self._begun(following) if following else None
            if before is not None:
                done += self._written(before)
            if time.monotonic() >= end and (done or self._hand is None):
                return done

    def finish(self) -> int:
        """Write the batch in hand; returns how many passages it had."""
        before, self._hand = self._hand, None
        return self._written(before) if before is not None else 0

    def _begun(self, waiting: Sequence[Waiting]) -> _Batch:
        embedder = generations.embedder_of(self.generation)
        texts = [one.text for one in waiting]
        return _Batch(waiting, _encoder.submit(vectors_or_problems, embedder, texts))

    def _written(self, batch: _Batch) -> int:
        found = batch.vectors.result()
        took = time.monotonic() - batch.started
        self._size = int(np.clip(len(batch.waiting) * SECONDS / max(took, 1e-3), SMALLEST, LARGEST))
        write(self.generation, [one.id for one in batch.waiting], found)
        self._given -= {one.id for one in batch.waiting}
        self.failed += sum(isinstance(one, str) for one in found)
        return len(batch.waiting)

    def _next(self, *, fresh: bool) -> Sequence[Waiting]:
        """The next batch: at the start of a slice what came since the last look, else what was read ahead."""
        found: Sequence[Waiting] = self._newer() if fresh else ()
        if not found:
            if not self._ahead:
                self._read_ahead()
            found = [self._ahead.popleft() for _ in range(min(self._size, len(self._ahead)))]
        self._given |= {one.id for one in found}
        return found

    def _newer(self) -> Sequence[Waiting]:
        found = self._waiting(limit=FRESH, above=self._newest)
        if self._newest and len(found) == FRESH:
            self._ahead.clear()  # more came than one batch holds: read ahead from the top again
            self._oldest = None
        if found:
            self._newest = max(one.revision_id for one in found)
        return self._without_known(found)

    def _read_ahead(self) -> None:
        while True:
            found = self._waiting(limit=AHEAD, upto=self._oldest)
            if not found and self._oldest is not None:  # once more from the top, for what came above meanwhile
                found = self._waiting(limit=AHEAD)
            self._newest = max([self._newest, *(one.revision_id for one in found)])
            self._oldest = min((one.revision_id for one in found), default=None)
            rest = self._without_known(found)
            self._ahead.extend(sorted(rest, key=lambda one: -len(one.text)))
            if rest or not found:
                return

    def _without_known(self, found: Sequence[Waiting]) -> list[Waiting]:
        """Give `found` the vectors that another index of this model got for the same texts meanwhile; returns the rest.

        So the passages of a library that is embedded while its next index is built are embedded once.
        """
        alike = list(IndexGeneration.objects.filter(model=self.generation.model).exclude(pk=self.generation.pk))
        if not alike or not found:
            return list(found)
        rows = Passage.objects.filter(
            generation__in=alike, sha256__in={one.sha256 for one in found}, embedding__isnull=False
        ).values_list("revision__title", "section", "text", "embedding")
        known = {embedded_text(title=t, section=s, text=text): vector for t, s, text, vector in rows}
        have = [one for one in found if one.text in known]
        write(
            self.generation, [one.id for one in have], [np.asarray(known[one.text], dtype=np.float32) for one in have]
        )
        return [one for one in found if one.text not in known]

    def _waiting(self, *, limit: int, above: int = 0, upto: int | None = None) -> list[Waiting]:
        """Passages that wait, those of the newest revisions first; those in hand left out."""
        rows = Passage.objects.filter(generation=self.generation, current=True, embedding=None, problem="")
        rows = rows.filter(revision__gt=above) if above else rows
        rows = rows.filter(revision__lte=upto) if upto is not None else rows
        fields = ("pk", "revision_id", "revision__title", "section", "text", "sha256")
        values = rows.order_by("-revision", "pk").values_list(*fields)
        return [
            Waiting(pk, revision, embedded_text(title=title, section=section, text=text), sha256)
            for pk, revision, title, section, text, sha256 in values[: limit + len(self._given)]
            if pk not in self._given
        ][:limit]


def embed_some(generation: IndexGeneration, *, seconds: float) -> int:
    """Embed passages that lack a vector for about `seconds`; returns how many were dealt with, 0 when none is left."""
    embedding = Embedding(generation)
    return embedding.some(seconds=seconds) + embedding.finish()


def count_waiting(generation: IndexGeneration) -> int:
    """How many current passages have no vector yet, those not counted that cannot have one."""
    return Passage.objects.filter(generation=generation, current=True, embedding=None, problem="").count()


def try_again(generation: IndexGeneration) -> int:
    """Let passages whose embedding failed wait for it once more; returns how many."""
    return Passage.objects.filter(generation=generation, embedding=None).exclude(problem="").update(problem="")


def write(generation: IndexGeneration, ids: Sequence[int], found: Sequence[np.ndarray | str]) -> None:
    """One statement a batch; a passage that left meanwhile is passed over. Raises BackendError for another length."""
    good = [(pk, vector) for pk, vector in zip(ids, found, strict=True) if not isinstance(vector, str)]
    bad = [(pk, problem) for pk, problem in zip(ids, found, strict=True) if isinstance(problem, str)]
    if good:
        _check_length(generation, len(good[0][1]))
        form = "[" + ",".join(["%.5g"] * len(good[0][1])) + "]"  # a half has three digits and a third
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE inference_passage p SET embedding = given.vector::halfvec "
                "FROM unnest(%s::bigint[], %s::text[]) AS given(id, vector) WHERE p.id = given.id",
                [[pk for pk, _ in good], [form % tuple(vector.tolist()) for _, vector in good]],
            )
    for pk, problem in bad:
        Passage.objects.filter(pk=pk).update(problem=problem[:300])


def _check_length(generation: IndexGeneration, length: int) -> None:
    if not generation.dimensions:
        generation.dimensions = length
        IndexGeneration.objects.filter(pk=generation.pk).update(dimensions=length)
    if generation.dimensions != length:
        raise BackendError(
            f"{generation.model} gives vectors of {length} numbers now, and the index holds {generation.dimensions}. "
            "Run `manage.py index --rebuild`."
        )
