"""Finds what an answer can rest on: what the question names, the passages, and what the records state."""

import time
from dataclasses import asdict, replace

from inference.authorising import authorised
from inference.entities import link
from inference.facts import Facts, facts_about
from inference.retrieval import search
from inference.routing import route as route_of
from inference.stages.work import Work
from inference.types import Entity, Evidence, RouteKind

PASSAGES = 14
OWN = 3  # passages wanted of each entry that the question names
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
            together += _own(entity, together, query)
    return authorised(tuple(dict.fromkeys(together)))


def _own(entity: Entity, found: list[Evidence], query: str) -> list[Evidence]:
    """More passages of an entry that the question names and the search brought too few of."""
    missing = OWN - sum(one.slug == entity.slug for one in found)
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
