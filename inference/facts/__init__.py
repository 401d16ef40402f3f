"""What the records themselves say of an entry: the patterns a lighthouse uses, and the relations people approved.

Suggested relations are never facts: they come apart, under their own heading. A few queries, none in a loop.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from inference.facts.adoptions import adoptions
from inference.facts.passages import passage_evidence
from inference.facts.relations import asked_kinds, relation_fact, relations
from inference.types import Fact, Route, RouteKind
from patterns.enums import RelationState

__all__ = ["Facts", "facts_about", "passage_evidence"]

MOST_FACTS = 24
MOST_SUGGESTED = 6
_USE = re.compile(r"\b(?:use[sd]?|using|adopt\w*|practi[sc]e\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """What is stated, and what is only suggested, each with its evidence."""

    stated: tuple[Fact, ...] = ()
    suggested: tuple[Fact, ...] = ()


def facts_about(question: str, route: Route) -> Facts:
    """The records about what the question names; nothing unless the question is about relations."""
    lighthouses = [entity.id for entity in route.entities if entity.kind == "lighthouse"]
    if route.kind != RouteKind.GRAPH and not (lighthouses and _USE.search(question)):
        return Facts()
    patterns = [entity.id for entity in route.entities if entity.kind == "pattern"]
    kinds = asked_kinds(question)
    stated: list[Fact] = []
    suggested: list[Fact] = []
    if lighthouses or (patterns and not kinds and _USE.search(question)):
        which = Q(lighthouse__in=lighthouses) if lighthouses else Q(pattern__in=patterns)
        stated += adoptions(which, turned=not lighthouses)
    if patterns and not lighthouses and (kinds or not stated):
        for relation in relations(patterns, kinds):
            approved = relation.state == RelationState.APPROVED
            (stated if approved else suggested).append(relation_fact(relation))
    return Facts(_once(stated)[:MOST_FACTS], _once(suggested)[:MOST_SUGGESTED])


def _once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({(fact.subject, fact.says, fact.thing): fact for fact in reversed(list(facts))}.values())[::-1]
