"""Makes the vectors of one batch and says which texts have none: one bad passage must not stop the others."""

import logging
from collections.abc import Sequence

import numpy as np

from inference.backends import BackendError, Embedder

log = logging.getLogger(__name__)

PROBE = "A text that any embedder can read."


def vectors_or_problems(embedder: Embedder, texts: Sequence[str]) -> list[np.ndarray | str]:
    """For each text its vector, or why it has none. Raises BackendError where the embedder cannot embed at all."""
    try:
        found = np.asarray(embedder.embed(texts), dtype=np.float32)
    except BackendError:
        raise
    except Exception as problem:  # noqa: BLE001 - whatever a model's code raises over a text
        if len(texts) == 1:
            return [_problem(embedder, problem)]
        log.warning("a batch of %d passages could not be embedded; trying halves: %s", len(texts), problem)
        middle = len(texts) // 2
        return vectors_or_problems(embedder, texts[:middle]) + vectors_or_problems(embedder, texts[middle:])
    if found.ndim != 2 or len(found) != len(texts):
        raise BackendError(f"{embedder.name} gave vectors of the shape {found.shape} for {len(texts)} texts.")
    lengths = np.linalg.norm(found, axis=1)
    return [
        vector if 0.5 < length < 2 else f"{embedder.name} gave it no direction."  # NaN is not within either
        for vector, length in zip(found, lengths, strict=True)
    ]


def _problem(embedder: Embedder, problem: Exception) -> str:
    """Why a single text failed, once it is sure that another one does not."""
    try:
        embedder.embed([PROBE])
    except Exception as broken:  # noqa: BLE001
        raise BackendError(f"{embedder.name} cannot embed just now: {broken}.") from problem
    return f"{type(problem).__name__}: {problem}"[:300]
