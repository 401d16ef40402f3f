"""The verbs that ask for relations of one kind, and from which end: what `requires` it, or what it requires. Pure."""

import re

from rapidfuzz import fuzz

from inference.graphs import Direction
from inference.types import Entity
from patterns.enums import RelationKind

LIKE = 70.0  # of 100, from which a word is one of a title's
_WORD = re.compile(r"\w+")


def phrases(*any_of: str) -> re.Pattern[str]:
    """A pattern that finds any of these phrases as whole words."""
    return re.compile(rf"\b(?:{'|'.join(any_of)})(?!\w)", re.IGNORECASE)


# The verbs of directed kinds: (kind, as the doer does it, as it is done by or for somebody).
_VERBS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        RelationKind.REQUIRES.value,
        phrases(r"requir(?:es?|ing)", r"requirements?", r"needs?", r"depend(?:s|ing|ent)? (?:up)?on", r"depends?"),
        phrases(r"required", r"needed", r"necessary", r"depended on", r"a must"),
    ),
    (
        RelationKind.ENABLES.value,
        phrases(r"enabl(?:es?|ing)", r"supports?", r"makes? possible", r"make .{1,60} possible", r"helps? with",
             r"leads? to", r"unlocks?", r"allows?"),
        phrases(r"enabled", r"supported", r"made possible", r"unlocked"),
    ),
    (
        RelationKind.SPECIALIZES.value,
        phrases(r"speciali[sz]e?s?", r"speciali[sz]ing", r"(?:special|particular) (?:case|kind|form)s? of",
             r"(?:a |which |what |other )?(?:kind|type|form|sort|version)s? of", r"more (?:specific|particular)"),
        phrases(r"speciali[sz]ed", r"generali[sz]\w*", r"more general", r"broader"),
    ),
    (
        RelationKind.TOOL_FOR.value,
        phrases(r"tools? (?:for|of|to)", r"instruments? (?:for|of)", r"tools?"),
        phrases(r"has as a tool"),
    ),
    (
        RelationKind.COMPLEMENTS.value,
        phrases(r"complement\w*", r"go(?:es)? (?:well |together )?with", r"pairs? (?:well )?with", r"combin\w*",
             r"fits? (?:well )?with"),
        phrases(r"complemented"),
    ),
)  # fmt: skip
_WE = re.compile(r"\b(?:i|we|you|one|they|people|somebody|someone|a team|to)\b(?:\W+\w+)?\W*$", re.IGNORECASE)
_BY = re.compile(r"\W*(?:\w+\W+){0,2}?(?:by|for|of|before)\b", re.IGNORECASE)


def verb(question: str, entity: Entity) -> tuple[str, Direction] | None:
    """The kind of relation that is asked for, and from which end: is the entity the one who does it?"""
    where = place(question, entity)
    end = where + len(entity.matched)
    text = question[:where] + "\0" * len(entity.matched) + question[end:]
    for kind, active, passive in _VERBS:
        if match := passive.search(text):
            before = match.start() < where
            done_by_entity = before and bool(_BY.match(text[match.end() : where + 1]) or kind != "specializes")
            return kind, Direction.OUT if done_by_entity else Direction.IN
        if match := active.search(text):
            if kind == RelationKind.COMPLEMENTS.value:
                return kind, Direction.BOTH
            before = match.start() < where
            asker_does_it = kind == RelationKind.REQUIRES.value and bool(_WE.search(text[: match.start()]))
            noun = match[0].lower().startswith("requirement")
            return kind, Direction.IN if before and not (asker_does_it or noun) else Direction.OUT
    return None


def place(question: str, entity: Entity) -> int:
    """Where the question names it."""
    return max(question.lower().find(entity.matched.lower()), 0)


def name_of(entity: Entity) -> str:
    """What of the matched words is the name: a likeness may have taken in a word beside it (`Consent require`)."""
    if entity.score >= 100:
        return entity.matched
    known = _WORD.findall(entity.title.lower())
    found = list(_WORD.finditer(entity.matched))
    kept = [word for word in found if any(fuzz.ratio(word[0].lower(), one) >= LIKE for one in known)]
    return entity.matched[kept[0].start() : kept[-1].end()] if kept else entity.matched
