"""Reads a question as its asker means it: what it names, what its thread is about, who asks, and its route."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from inference import cues as cue_words
from inference.models import Answer, Question
from inference.names.entities import link
from inference.routing import route as route_of
from inference.routing.threads import Thread, Understood, understand
from inference.types import Cue, Entity, Route
from patterns.queries.facet_index import Kept, kept_index

LIKELY = 0.5  # share of an answer's sources that must be of one entry for "it" to mean that entry


@dataclass(frozen=True)
class Reading:
    """A question as understood, its route, and how that is kept and shown."""

    understood: Understood
    route: Route
    shown: dict[str, Any]


def read(question: Question) -> Reading:
    """Understand and route `question`. A few small queries, three more for one that belongs to a thread."""
    named = link(question.text)
    offered = _offered(kept_index())
    cues = cue_words.read(question.text, offered, besides=[one.matched for one in named])
    understood = understand(question.text, named=named, cues=cues, thread=_thread(question))
    route = route_of(understood.text, understood.entities, cues=understood.cues)
    shown: dict[str, Any] = {
        "kind": str(route.kind),
        "reason": route.reason,
        "entities": [asdict(entity) for entity in route.entities],
        "complexity": route.complexity,
        "complexity_reason": route.complexity_reason,
        "cues": [asdict(cue) for cue in route.cues],
    }
    if understood.carried:
        shown["understood"] = understood.text
    return Reading(understood, route, shown)


def _offered(kept: Kept) -> cue_words.Offered:
    return {
        axis: {key: value.label for key, value in kept.index.values[axis].items()}
        for axis in ("archetype", "stage", "sector")
    }


def _thread(question: Question) -> Thread | None:
    """What the question follows, as the answer before it keeps it; or the pattern whose page it was asked on."""
    about, parent = question.about, question.parent
    if parent is None:
        return Thread(topics=(_pattern(about),), fixed=True) if about else None
    answer = Answer.objects.filter(question=parent).first()
    route = answer.route if answer else {}
    topics = tuple(_entities(route))
    if not topics:
        topics = (_pattern(about),) if about else _cited(answer) if answer else ()
    return Thread(topics, route.get("understood") or parent.text, tuple(_cues(route)))


def _pattern(about: Any) -> Entity:
    return Entity("pattern", about.pk, about.slug, about.title, about.title, 100.0)


def _entities(route: dict[str, Any]) -> list[Entity]:
    return [Entity(**one) for one in _whole(route.get("entities"), Entity)]


def _cues(route: dict[str, Any]) -> list[Cue]:
    return [Cue(**{**one, "keys": tuple(one["keys"])}) for one in _whole(route.get("cues"), Cue)]


def _whole(kept: Any, kind: type) -> list[dict[str, Any]]:
    """What an answer keeps of `kind`; an answer of another version may keep something else, which says nothing."""
    names = {each.name for each in fields(kind)}
    return [one for one in kept or () if isinstance(one, dict) and one.keys() == names]


def _cited(answer: Answer) -> tuple[Entity, ...]:
    """The entry an answer is mostly from, where it is mostly from one. One query."""
    found = [
        Entity(
            "pattern" if row.revision.pattern_id else "lighthouse",
            thing.pk,
            thing.slug,
            thing.title,
            thing.title,
            100.0,
        )
        for row in answer.citations.select_related("revision__pattern", "revision__lighthouse").defer(
            "revision__source", "revision__front"
        )
        if (thing := row.revision.pattern or row.revision.lighthouse)
    ]
    first = [one for one in found if one == found[0]]
    return (found[0],) if found and len(first) >= LIKELY * len(found) else ()
