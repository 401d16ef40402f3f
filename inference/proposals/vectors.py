"""The vector of what somebody is writing, from the worker that embeds, in time or not at all. No model is loaded here.

A vector is remembered by its text, and for each draft the last one too: while its author types on in later sections,
or mends a word, nothing is embedded again.
"""

import hashlib
import logging
from typing import Final

import numpy as np
from django.conf import settings
from django.core.cache import cache

from clm_site import jobs
from inference.backends import BackendError, embedder
from inference.indexing import generations
from inference.proposals.opening import much_alike

log = logging.getLogger(__name__)
REMEMBERED: Final = 6 * 3600  # seconds


def opening_vector(text: str, *, draft: str = "", timeout: float = 0.0) -> np.ndarray | None:
    """The unit vector of `text`, or None where none comes in time. `draft` names what it is the opening of."""
    model = generations.live_model()
    key = f"opening:{_print(model, text)}"
    last_key = f"opening-of:{_print(model, draft)}" if draft else ""
    known = cache.get_many([key, last_key] if draft else [key])
    if key in known:
        return np.frombuffer(known[key], dtype=np.float32)
    if (last := known.get(last_key)) and much_alike(last[0], text):
        return np.frombuffer(last[1], dtype=np.float32)
    vector = _made(text, model=model, timeout=timeout or settings.CHECKS_DEADLINE)
    if vector is not None:
        cache.set(key, vector.tobytes(), REMEMBERED)
        if draft:
            cache.set(last_key, (text, vector.tobytes()), REMEMBERED)
    return vector


def _made(text: str, *, model: str, timeout: float) -> np.ndarray | None:
    try:
        ours = embedder(model)
        if ours.ready:
            return np.asarray(ours.embed([text])[0], dtype=np.float32)
        found = jobs.call(jobs.Job.EMBED, timeout=timeout, texts=[text], queries=False, model=model)
    except (jobs.Late, BackendError) as problem:
        log.debug("a proposal is compared by words alone: %s", problem)
        return None
    return np.asarray(found[0], dtype=np.float32)


def _print(model: str, text: str) -> str:
    return hashlib.sha256(f"{model}\n{text}".encode()).hexdigest()
