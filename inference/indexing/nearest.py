"""The passages nearest to many questions at once, exactly: each vector is read once, and not once a question.

For comparing whole generations; a search asks PostgreSQL.
"""

from collections.abc import Callable, Iterator

import numpy as np
from django.db.models import BinaryField, F, Func

from inference.models import IndexGeneration, Passage
from inference.models.index import PUBLIC
from inference.types import Hit

CHUNK = 4000  # vectors in memory at a time, a few megabytes
_HEAD = 4  # bytes of halfvec_send before the numbers: how many there are, and two unused


def nearest(
    generation: IndexGeneration, queries: np.ndarray, *, limit: int, meanwhile: Callable[[], None] = lambda: None
) -> list[list[Hit]]:
    """For each of `queries`, float32 of shape (questions, dimensions), its `limit` nearest passages, best first."""
    ids = np.zeros((len(queries), 0), dtype=np.int64)
    scores = np.zeros((len(queries), 0), dtype=np.float32)
    for found, vectors in _chunks(generation):
        ids = np.hstack([ids, np.broadcast_to(found, (len(queries), len(found)))])
        scores = np.hstack([scores, queries @ vectors.T])
        best = np.argsort(-scores, axis=1, kind="stable")[:, :limit]
        ids, scores = np.take_along_axis(ids, best, axis=1), np.take_along_axis(scores, best, axis=1)
        meanwhile()
    return [
        [Hit(int(pk), float(score), "") for pk, score in zip(*row, strict=True)]
        for row in zip(ids, scores, strict=True)
    ]


def _chunks(generation: IndexGeneration) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    rows = Passage.objects.filter(generation=generation, current=True, corpus=PUBLIC).exclude(embedding=None)
    sent = Func(F("embedding"), function="halfvec_send", output_field=BinaryField())
    last = 0
    while True:
        found = list(rows.filter(pk__gt=last).order_by("pk").annotate(sent=sent).values_list("pk", "sent")[:CHUNK])
        if not found:
            return
        last = found[-1][0]
        numbers = np.frombuffer(b"".join(bytes(sent)[_HEAD:] for _, sent in found), dtype=">f2")
        yield np.array([pk for pk, _ in found]), numbers.reshape(len(found), -1).astype(np.float32)
