"""Finds what an answer can rest on: what the question names, the passages, and what the records state."""

import time
from dataclasses import asdict

from pgvector import HalfVector
from pgvector.django import CosineDistance

from inference.backends import BackendError
from inference.facts import Facts, facts_about
from inference.models import Passage
from inference.retrieval import vector
from inference.retrieval.authorising import authorised
from inference.retrieval.rarity import rarities
from inference.stages.gathering import gathered
from inference.stages.understanding import read
from inference.stages.work import Work
from inference.types import Evidence, RouteKind

EMBEDDED_FOR_ONE = 6  # passages without a vector that are embedded to judge one question


def find(work: Work) -> Facts:
    """Route the question and gather its evidence, only what may be read; returns the facts among it."""
    since = time.perf_counter()
    reading = read(work.question)
    work.route, work.shown_route, work.understood = reading.route, reading.shown, reading.understood.text
    if reading.understood.carried:
        work.wire.step("understood", f"Understood as: {work.asked}")
    work.wire.step("routed", work.route.reason)
    work.took("route", since)
    if work.route.kind == RouteKind.NONE:
        return Facts()
    since = time.perf_counter()
    facts = facts_about(work.asked, work.route)
    work.shown_route |= {"missing": facts.missing, "more": [asdict(one) for one in facts.more]}
    found, words_only = gathered(work.asked, work.route, [fact.source for fact in facts.stated])
    work.evidence = authorised(found)
    work.similarity = _similarity(work.asked, work.evidence)
    work.rarity = rarities(work.asked)
    entries = len({(one.kind, one.slug) for one in work.evidence})
    work.shown_route |= {"words_only": words_only, "passages": len(work.evidence), "entries": entries}
    work.wire.step("found", f"Found {_counted(len(work.evidence), 'passage')} in {_counted(entries, 'entry')}")
    work.took("retrieve", since)
    return facts


def _similarity(query: str, evidence: tuple[Evidence, ...]) -> float | None:
    """The best cosine between the question and a passage of the evidence; None where nothing can embed.

    While a library is being embedded many passages have no vector yet; the first few get one here, for this question.
    """
    ids = [one.passage_id for one in evidence if one.passage_id]
    embedded = Passage.objects.filter(pk__in=ids).exclude(embedding=None)
    try:
        asked = vector.query_vector(query)
        found = embedded.annotate(distance=CosineDistance("embedding", HalfVector(asked.tolist())))
        near = {pk: 1 - distance for pk, distance in found.values_list("pk", "distance")}
        bare = [one.text for one in evidence if one.passage_id and one.passage_id not in near][:EMBEDDED_FOR_ONE]
        nearest = [*near.values(), *(vector.vectors(bare) @ asked if bare else ())]
        return float(max(nearest)) if nearest else None
    except BackendError:
        return None


def _counted(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
