"""Reads from a question what it asks of the graph: who uses what, which relations and from which end, how two are
joined, what they share, what is like one. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from inference.facts.verbs import name_of, phrases, place, verb
from inference.graphs import Direction
from inference.types import Entity
from patterns.enums import RelationKind


class What(StrEnum):
    """What is asked of the graph."""

    USES = "uses"  # what a lighthouse uses, or who uses a pattern
    RELATIONS = "relations"
    PREREQUISITES = "prerequisites"
    PATHS = "paths"
    SHARED = "shared"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks of the graph. No `kinds`: relations of any kind.

    `plain` where the words can hardly mean anything else, so that it holds whatever else the question asks.
    """

    what: What
    kinds: tuple[str, ...] = ()
    direction: Direction = Direction.BOTH
    plain: bool = True


ALIKE = (RelationKind.ALTERNATIVE_TO.value, RelationKind.RELATED.value, RelationKind.COMPLEMENTS.value)


_USE = phrases(r"use[sd]?", r"using", r"users?", r"adopt\w*", r"practi[sc]e[sd]?", r"practi[sc]ing", r"applied")
_SHARED = phrases(
    r"(?:have|has|got) (?:\w+ )?in common", r"in common", r"share[sd]?", r"sharing", r"overlaps?", r"common to",
    r"both (?:of them )?(?:use|require|need|enable|relate|connect|link|belong)\w*",
)  # fmt: skip
_PATH = phrases(
    r"connect\w*", r"linked", r"links?", r"joined", r"relate[sd]?", r"relationship", r"relations?",
    r"(?:path|way|road|route)s? (?:from|between)", r"(?:get|go|lead|leads|come) (?:\w+ )?(?:from|to)", r"between",
    r"have to do with", r"has to do with",
)  # fmt: skip
_SIMILAR = phrases(
    r"(?:similar|comparable|akin|close|closest|nearest|equivalents?) (?:\w+ )?to",
    r"(?:something|anything|patterns?|practices?|methods?|things?|tools?|more|others?|ideas?|one|ones) "
    r"(?:\w+ )?(?:just )?like",
    r"resembl\w*", r"reminiscent of", r"similar (?:\w+ )?(?:patterns?|practices?|methods?|ideas?|ones?|things?)",
    r"similar", r"variants? of", r"also (?:read|look at|see)", r"(?:who|people) liked?",
)  # fmt: skip
_TENSION = phrases(
    r"tensions?", r"conflict\w*", r"contradict\w*", r"at odds", r"clash\w*", r"pulls? against", r"incompatible"
)
_ALTERNATIVE = phrases(r"alternatives?", r"instead of", r"other than", r"replac\w*", r"substitut\w*", r"rather than")
_BEFORE = phrases(
    r"prerequisites?", r"pre-?conditions?", r"precursors?", r"foundations?",
    r"(?:comes?|came|goes|go|happens?|stands?|be|is|needed|need|needs|required?|do|done|have|start|begin|learn|put) "
    r"(?:\w+ ){0,4}(?:before|first)",
    r"(?:before|prior to) (?:we |i |you |one |they )?(?:\w+ )?(?:start|begin|adopt|introduc|us|try|do|tak|implement"
    r"|launch|set|go|choos|build|run)\w*",
    r"(?:in|into) place (?:for|before|first)", r"builds? (?:up)?on", r"rests? (?:up)?on", r"relies on", r"rely on",
    r"(?:to|at|in) any depth", r"all the way down", r"(?:all|everything) .{0,60}(?:requires?|needs?|depends? on)",
)  # fmt: skip
_AFTER = phrases(
    r"(?:comes?|goes|go|follows?|next) (?:\w+ ){0,2}after", r"follows from", r"(?:what|which).{0,40} next",
    r"(?:rests?|relies|rely|builds?|build) (?:up)?on",
)  # fmt: skip

_DOES = phrases(r"does", r"do")
_IS_FIRST = phrases(r"(?:a|the) (?:prerequisite|precondition|foundation)")
_WHO = phrases(r"who")
_USERS = phrases(
    r"who", r"whose", r"where", r"users?", r"organi[sz]ations?", r"compan(?:y|ies)", r"cit(?:y|ies)", r"lighthouses?",
    r"places?", r"communities", r"groups?", r"anyone", r"anybody", r"examples?",
)  # fmt: skip
_ANY_RELATION = phrases(
    r"neighbou?rs?", r"relat(?:es?|ed|ions?|ionships?)", r"connect\w*", r"linked", r"joined", r"links?", r"surround\w*"
)


def asked(question: str, entities: Sequence[Entity]) -> Asked | None:
    """What `question`, which names `entities`, asks of the graph; None where it asks nothing of it."""
    entities = [replace(entity, matched=name_of(entity)) for entity in entities]
    rest = _without_names(question, entities)
    if not entities:
        return Asked(What.USES) if _WHO.search(rest) and _USE.search(rest) else None
    readings = (_of_two, _plainly_of_one, _of_use, _of_one)
    return next((found for read in readings if (found := read(question, rest, entities))), None)


def _of_two(_: str, rest: str, entities: Sequence[Entity]) -> Asked | None:
    if len(entities) < 2:
        return None
    if _SHARED.search(rest):
        return Asked(What.SHARED)
    return Asked(What.PATHS) if _PATH.search(rest) and not _opposed(rest) else None


def _plainly_of_one(_: str, rest: str, entities: Sequence[Entity]) -> Asked | None:
    kind = _opposed(rest)
    if kind and not _is_lighthouse(entities):
        return Asked(What.RELATIONS, (kind,))
    return Asked(What.SIMILAR, ALIKE) if _SIMILAR.search(rest) else None


def _of_use(question: str, rest: str, entities: Sequence[Entity]) -> Asked | None:
    if _is_lighthouse(entities):
        return Asked(What.USES, plain=bool(_USE.search(rest)))
    if not _USE.search(rest) or _BEFORE.search(rest) or verb(question, entities[0]):
        return None
    return Asked(What.USES, plain=bool(_USERS.search(rest)))


def _of_one(question: str, rest: str, entities: Sequence[Entity]) -> Asked | None:
    entity = entities[0]
    requires = RelationKind.REQUIRES.value
    found = verb(question, entity)
    if _AFTER.search(rest) and not _DOES.search(rest):
        return Asked(What.PREREQUISITES, (requires,), Direction.IN)
    if _BEFORE.search(rest):
        turned = found == (requires, Direction.IN) or _IS_FIRST.search(rest)
        first_named = place(question, entity) < len(question) // 2
        return Asked(What.PREREQUISITES, (requires,), Direction.IN if turned and first_named else Direction.OUT)
    if found is None:
        return Asked(What.RELATIONS, plain=False) if _ANY_RELATION.search(rest) else None
    kind, direction = found
    what = What.PREREQUISITES if kind == requires else What.RELATIONS
    return Asked(what, (kind,), direction, plain=False)


def _opposed(rest: str) -> str:
    """The kind of relation that such words name whatever stands around them."""
    if _TENSION.search(rest):
        return RelationKind.TENSIONS_WITH.value
    return RelationKind.ALTERNATIVE_TO.value if _ALTERNATIVE.search(rest) else ""


def _is_lighthouse(entities: Sequence[Entity]) -> bool:
    return any(entity.kind == "lighthouse" for entity in entities)


def _without_names(question: str, entities: Sequence[Entity]) -> str:
    rest = question
    for entity in entities:
        where = place(rest, entity)
        if where >= 0:
            rest = rest[:where] + "…" + rest[where + len(entity.matched) :]
    return rest
