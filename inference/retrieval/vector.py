"""Passages by meaning, and the vectors of questions: remembered, borrowed from the worker that embeds, or made here."""

import hashlib
import logging
import threading
import time
from collections.abc import Sequence

import numpy as np
from django.core.cache import cache

from clm_site import jobs
from inference.backends import BackendError, embedder
from inference.indexing import generations
from inference.models import IndexGeneration
from inference.retrieval.filters import Narrowing
from inference.retrieval.nearest import near
from inference.types import Hit

log = logging.getLogger(__name__)
_borrows = threading.Event()
_latest: dict[str, np.ndarray] = {}  # the same question comes twice within a search page or an answer

LATEST = 512  # questions whose vectors this process keeps, less than a megabyte
REMEMBERED = 24 * 3600  # seconds a question's vector is kept
ELSEWHERE = 3.0  # seconds to wait for the worker that holds the embedder
WIRE_BACK = 10.0  # seconds in which a Redis that restarts is back; loading a second embedder takes longer
LONGEST_QUERY = 4000  # characters; an embedder reads about a quarter of that


def search(query: str, *, limit: int, generation: IndexGeneration, narrow: Narrowing | None = None) -> list[Hit]:
    """The passages nearest to `query`, best first; scores are cosines. Raises BackendError when nothing can embed."""
    asked = query_vector(query, model=generation.model)
    found = near(asked, limit=limit, generation=generation, narrow=narrow).nearest
    return [Hit(one.passage_id, one.cosine or 0.0, "") for one in found]


def query_vector(query: str, *, model: str = "") -> np.ndarray:
    """The vector of a question, remembered by its hash; a cache that is down costs a few milliseconds.

    `model` is the one whose passages it is compared with: the live index's where none is named.
    """
    model = model or generations.live_model()
    text = " ".join(query[:LONGEST_QUERY].split())
    key = "embedding:" + hashlib.sha256(f"{model}\n{text}".encode()).hexdigest()
    if (vector := _latest.get(key)) is None:
        vector = _remembered(key, text, model)
        while len(_latest) >= LATEST:
            _latest.pop(next(iter(_latest), ""), None)
        _latest[key] = vector
    return vector


def forget_latest() -> None:
    """Ask for the next question's vector anew."""
    _latest.clear()


def _remembered(key: str, text: str, model: str) -> np.ndarray:
    try:
        if known := cache.get(key):
            return np.frombuffer(known, dtype=np.float32)
    except Exception as problem:  # noqa: BLE001 - whatever the cache's client raises
        log.warning("question vectors are not remembered: %s", type(problem).__name__)
    vector = vectors([text], queries=True, model=model)[0]
    try:
        cache.set(key, vector.tobytes(), REMEMBERED)
    except Exception as problem:  # noqa: BLE001
        log.warning("a question's vector is not remembered: %s", type(problem).__name__)
    return vector


def vectors(texts: Sequence[str], *, queries: bool = False, model: str = "") -> np.ndarray:
    """Unit vectors of a few short texts (passages, or `queries`), shape (len(texts), dimensions), by the live index's
    model where none is named.

    By this process's embedder where it is in memory, else by the worker that holds one; ours is loaded only where
    there is none, and never by a process that borrows. Raises BackendError when nothing can embed now.
    """
    model = model or generations.live_model()
    if embedder(model).ready:
        return vectors_here(texts, queries=queries, model=model)
    try:
        found = _elsewhere(texts, queries=queries, model=model)
    except jobs.Late as problem:
        if _borrows.is_set():
            raise BackendError(f"No worker embeds just now. {problem}") from problem
        log.info("embedding here: %s", problem)
        return vectors_here(texts, queries=queries, model=model)
    return np.asarray(found, dtype=np.float32)


def _elsewhere(texts: Sequence[str], *, queries: bool, model: str) -> list[list[float]]:
    end = time.monotonic() + WIRE_BACK
    while True:
        try:
            return jobs.call(jobs.Job.EMBED, timeout=ELSEWHERE, texts=list(texts), queries=queries, model=model)
        except jobs.Away:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


def borrow() -> None:
    """From now on this process asks for vectors and loads no model: beside a worker that is just loading one, a second
    copy would make everybody wait for both. Until that worker is there, words alone answer."""
    _borrows.set()


def vectors_here(texts: Sequence[str], *, queries: bool = False, model: str = "") -> np.ndarray:
    """The same by this process's own embedder, which is loaded if it is not yet."""
    ours = embedder(model or generations.live_model())
    found = [ours.embed_query(text) for text in texts] if queries else ours.embed(texts)
    return np.asarray(found, dtype=np.float32)
