"""Finds what an answer can rest on: what the question names, the passages, and what the records state."""

import time
from dataclasses import asdict, replace

from pgvector import HalfVector
from pgvector.django import CosineDistance

from inference.authorising import authorised
from inference.backends import BackendError
from inference.entities import link
from inference.facts import Facts, facts_about, passage_evidence
from inference.models import Passage
from inference.retrieval import search, vector
from inference.routing import route as route_of
from inference.stages.work import Work
from inference.types import Entity, Evidence, RouteKind

PASSAGES = 14
OPENINGS = 2  # passages in which an entry says what it is
EMBEDDED_FOR_ONE = 6  # passages without a vector that are embedded to judge one question
OWN = 3  # passages wanted of each entry that is compared
MOST_NAMED = 3


def find(work: Work) -> Facts:
    """Route the question and gather its evidence, only what may be read; returns the facts among it."""
    since = time.perf_counter()
    context = _context(work)
    named = tuple(link(work.question.text)) or (tuple(link(context)) if context else ())
    work.route = replace(route_of(work.question.text, named), entities=named)
    work.shown_route = {
        "kind": str(work.route.kind),
        "reason": work.route.reason,
        "entities": [asdict(entity) for entity in named],
        "complexity": work.route.complexity,
    }
    work.wire.step("routed", work.route.reason)
    work.took("route", since)
    if work.route.kind == RouteKind.NONE:
        return Facts()
    since = time.perf_counter()
    facts = facts_about(work.question.text, work.route)
    work.shown_route |= {"missing": facts.missing, "more": [asdict(one) for one in facts.more]}
    work.evidence = _gathered(work, facts, f"{context} {work.question.text}".strip())
    entries = len({(one.kind, one.slug) for one in work.evidence})
    work.shown_route |= {"passages": len(work.evidence), "entries": entries}
    work.wire.step("found", f"Found {_counted(len(work.evidence), 'passage')} in {_counted(entries, 'entry')}")
    work.took("retrieve", since)
    return facts


def _gathered(work: Work, facts: Facts, query: str) -> tuple[Evidence, ...]:
    found = search(query, limit=PASSAGES)
    work.shown_route["words_only"] = found.words_only
    together = [*(fact.source for fact in facts.stated), *found.evidence]
    if work.route.kind in {RouteKind.DIRECT, RouteKind.COMPARE}:
        for entity in work.route.entities[:MOST_NAMED]:
            together += openings(entity)
            if work.route.kind == RouteKind.COMPARE:
                together += _own(entity, together, query)
    evidence = authorised(_once(together))
    work.similarity = _similarity(query, evidence)
    return evidence


def openings(entity: Entity) -> list[Evidence]:
    """Its summary and its first paragraph, where an entry says what it is."""
    rows = Passage.objects.filter(**{f"{entity.kind}_id": entity.id}, current=True, generation__live=True)
    first = rows.select_related("revision").defer("embedding", "words", "revision__source", "revision__front")
    return [passage_evidence(row, entity, score=0.8) for row in first.order_by("position")[:OPENINGS]]


def _once(found: list[Evidence]) -> tuple[Evidence, ...]:
    """Each passage once, as it was found first; lines and relations, which are no passages, all."""
    kept: dict[object, Evidence] = {}
    for one in found:
        kept.setdefault(one.passage_id or one, one)
    return tuple(kept.values())


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


def _own(entity: Entity, found: list[Evidence], query: str) -> list[Evidence]:
    """More passages of an entry that is compared and that the search brought too few of."""
    missing = OWN - len({one.passage_id for one in found if one.slug == entity.slug})
    if missing <= 0:
        return []
    have = {one.passage_id for one in found}
    more = search(f"{entity.title} {query}", limit=60, filters={"kind": entity.kind}).evidence
    return [one for one in more if one.slug == entity.slug and one.passage_id not in have][:missing]


def _context(work: Work) -> str:
    """What the question is asked about or follows, in words; it leads when the question names nothing itself."""
    about, parent = work.question.about, work.question.parent
    return " ".join([*([about.title] if about else []), *([parent.text] if parent else [])])


def _counted(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
