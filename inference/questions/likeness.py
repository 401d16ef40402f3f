"""Finds the public question that is nearly the same as one somebody is about to ask, in time or not at all.

By meaning where a worker embeds within `settings.LIKE_DEADLINE`, else by shared words. Both must also name the same
entries of the library and ask the same way round (`sameness`). The thresholds were measured (ADR 0021,
`python -m bench like`). Only what is public is ever compared.
"""

import logging
import time
from collections.abc import Sequence
from itertools import islice

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet
from pgvector import HalfVector
from pgvector.django import CosineDistance

from clm_site import jobs
from inference.backends import load
from inference.models import PublicQuestion
from inference.names import entities
from inference.questions.reading import published
from inference.questions.sameness import same_way_round, share
from inference.words.vocabulary import STOP_WORDS, words
from patterns.models import Pattern

log = logging.getLogger(__name__)

NEAR = 0.9  # cosine from which two questions that name the same ask nearly the same
SHARED = 0.75  # share of all content words that two questions must have in common where meaning is not searched
LOOKED_AT = 6
MOST = 3
LONGEST = 400  # characters that are compared; what is longer tells a story of its own


def like(
    text: str, *, about: Pattern | None = None, vector: Sequence[float] | None = None, limit: int = MOST
) -> list[PublicQuestion]:
    """At most `limit` answered public questions that ask nearly the same as `text`, the likeliest first.

    One query where nothing is public; never longer than the deadline and a few short queries. `vector` is the
    question's, for callers that have it.
    """
    answered = published().filter(outcome="answer", about=about)
    if len(text) > LONGEST or not answered.exists():
        return []
    vector = question_vector(text) if vector is None else vector
    near = _by_words(text, answered) if vector is None else _by_meaning(vector, answered)
    named = names_of(text) if near else frozenset()
    alike = (one for one in near if same_way_round(text, one.text) and names_of(one.text) == named)
    return list(islice(alike, limit))


def names_of(text: str) -> frozenset[tuple[str, int]]:
    """The entries of the library that a question names."""
    return frozenset((entity.kind, entity.id) for entity in entities.link(text))


def question_vector(text: str, *, timeout: float = 0.0) -> list[float] | None:
    """The vector of a question from the worker that embeds, or None where it does not come in `timeout` seconds (the
    deadline of asking, when none is given)."""
    started = time.perf_counter()
    try:
        asked = {"texts": [text], "queries": True, "model": load("embedder").name}
        found = jobs.call(jobs.Job.EMBED, timeout=timeout or settings.LIKE_DEADLINE, **asked)
    except jobs.Late as late:
        log.debug("no vector after %.0f ms: %s", (time.perf_counter() - started) * 1000, late)
        return None
    return found[0]


def _by_meaning(vector: Sequence[float], answered: QuerySet[PublicQuestion]) -> list[PublicQuestion]:
    rows = answered.filter(embedder=load("embedder").name).exclude(embedding=None)
    far = CosineDistance("embedding", HalfVector(list(vector)))
    near = rows.annotate(far=far).order_by("far", "pk").defer("sentences", "embedding", "words")
    return [one for one in near[:LOOKED_AT] if 1 - one.far >= NEAR]


def _by_words(text: str, answered: QuerySet[PublicQuestion]) -> list[PublicQuestion]:
    terms = dict.fromkeys(word for word in words(text) if word not in STOP_WORDS and word.isalnum())
    if not terms:
        return []
    query = SearchQuery(" | ".join(terms), search_type="raw", config="english")
    rows = answered.filter(words=query).annotate(rank=SearchRank(F("words"), query)).order_by("-rank", "pk")
    shared = [(share(text, one.text), one) for one in rows.defer("sentences", "embedding", "words")[:LOOKED_AT]]
    alike = [(score, one) for score, one in shared if score >= SHARED]
    return [one for _, one in sorted(alike, key=lambda pair: -pair[0])]
