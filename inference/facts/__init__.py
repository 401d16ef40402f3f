"""What the records themselves say of what a question asks: who uses what, and what people approved that joins entries.

Suggested relations are never facts: they come apart, under their own heading. A few queries, none in a loop.
"""

import logging
import re
from dataclasses import replace

from django.db.models import Q

from inference.backends import BackendError
from inference.facts.adoptions import used
from inference.facts.asking import Asked, What, asked
from inference.facts.found import MOST_FACTS, Facts, More
from inference.facts.passages import passage_evidence
from inference.facts.prerequisites import prerequisites
from inference.facts.relations import relations
from inference.facts.sharing import sharing
from inference.facts.similar import near_in_meaning, similar
from inference.facts.ways import ways
from inference.types import Entity, Route, RouteKind
from patterns.enums import RelationKind
from patterns.models import Adoption

__all__ = ["Facts", "More", "facts_about", "passage_evidence"]
log = logging.getLogger(__name__)

READ = 1_000  # characters of a question
LISTED = 2_000  # titles that lighthouses list and that name no pattern, looked through for one question
_NO_FACTS = {RouteKind.NONE, RouteKind.CONTEXT}  # "a way to handle conflict" asks for no relation
_SPACE = re.compile(r"[\W_]+")


def facts_about(question: str, route: Route) -> Facts:
    """The records about what the question names; nothing unless it asks who uses what or what is joined to what."""
    question = question[:READ]
    wanted = asked(question, route.entities)
    about_relations = route.kind == RouteKind.GRAPH
    if wanted is None and about_relations and route.entities:
        wanted = Asked(What.RELATIONS)
    if wanted is None or route.kind in _NO_FACTS or not (wanted.plain or about_relations):
        return Facts()
    if route.kind == RouteKind.COMPARE and wanted.what == What.PATHS:
        return Facts()  # "the difference between" asks for no way from one to the other
    try:
        return _facts(question, route, wanted)
    except BackendError as problem:
        log.warning("no facts, neither graph nor records can answer: %s", problem)
        return Facts()


def _facts(question: str, route: Route, wanted: Asked) -> Facts:
    if wanted.what == What.USES:
        return _uses(question, route)
    if wanted.what in _OF_TWO and len(route.entities) > 1:
        return _OF_TWO[wanted.what](*route.entities[:2])
    return _OF_ONE.get(wanted.what, _joined)(route.entities[0], wanted)


def _joined(entity: Entity, wanted: Asked) -> Facts:
    """Its relations; where nothing is called an alternative to it, what is near in meaning beside."""
    found = relations(entity, wanted)
    if RelationKind.ALTERNATIVE_TO in wanted.kinds and not (found.stated or found.suggested):
        return replace(found, near=near_in_meaning(entity))
    return found


_OF_TWO = {What.PATHS: ways, What.SHARED: sharing}
_OF_ONE = {What.SIMILAR: similar, What.PREREQUISITES: prerequisites}


def _uses(question: str, route: Route) -> Facts:
    """What lighthouses use, or who uses a pattern; a title that names no pattern is found as it is listed."""
    lighthouses = [entity.id for entity in route.entities if entity.kind == "lighthouse"]
    patterns = [entity.id for entity in route.entities if entity.kind == "pattern"]
    found = []
    if lighthouses and patterns:
        found = used(Q(lighthouse__in=lighthouses, pattern__in=patterns), turned=False)
    if not found and (lighthouses or patterns):
        which = Q(lighthouse__in=lighthouses) if lighthouses else Q(pattern__in=patterns)
        found = used(which, turned=not lighthouses)
    if not route.entities:
        found = used(Q(pk__in=_listed_in(question)), turned=False)
    missing = ""
    if not found and patterns:
        missing = f"No lighthouse of this library says that it uses {route.entities[0].title}"
    return Facts(tuple(dict.fromkeys(found))[:MOST_FACTS], missing=missing)


def _listed_in(question: str) -> list[int]:
    """The adoptions of no pattern whose title stands in the question. One query."""
    rows = Adoption.objects.filter(pattern=None).values_list("pk", "reference")[:LISTED]
    said = f" {_SPACE.sub(' ', question).casefold()} "
    return [pk for pk, reference in rows if f" {_SPACE.sub(' ', reference).casefold().strip()} " in said]
