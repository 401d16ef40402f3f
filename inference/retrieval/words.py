"""Passages by their words, with true BM25 weights, from this machine's word index."""

import logging
import threading

from django.db import connection

from inference.backends import BackendError, Words, load
from inference.indexing import words as snapshot
from inference.indexing.words import Lag
from inference.models import IndexGeneration
from inference.retrieval.filters import Narrowing
from inference.types import Hit

log = logging.getLogger(__name__)

_catching_up = threading.Lock()


def search(query: str, *, limit: int, generation: IndexGeneration, narrow: Narrowing | None = None) -> list[Hit]:
    """Passages that share words with `query`, best first. Raises BackendError when there is no index to read."""
    return [Hit(pk, score, "") for pk, score in scores(query, limit=limit, generation=generation, narrow=narrow)]


def scores(
    query: str, *, limit: int, generation: IndexGeneration, narrow: Narrowing | None = None
) -> list[tuple[int, float]]:
    """The same as pairs of a passage's number and its score."""
    words: Words = load("words")
    lag = snapshot.lag(generation)
    if lag is not Lag.NONE:
        _catch_up(generation)
    conditions = {"only": narrow.only, "without": narrow.without} if narrow else {}
    found = words.search(query, limit=limit, **conditions)
    if lag is Lag.ANOTHER:  # one went live, and this machine's snapshot has yet to be filled
        found = snapshot.in_generation(found, generation)
    return found


def _catch_up(generation: IndexGeneration) -> None:
    """Let a thread read what this machine's index lacks: a search does not wait for a lost snapshot to be filled."""
    if not _catching_up.acquire(blocking=False):
        return

    def work() -> None:
        try:
            snapshot.follow(generation)
        except BackendError as problem:
            log.warning("the word index cannot catch up: %s", problem)
        finally:
            connection.close()
            _catching_up.release()

    threading.Thread(target=work, name="word index", daemon=True).start()
