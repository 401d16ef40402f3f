"""Weighs what a question names, how it is phrased and what it says of its asker, and picks the route. Pure."""

from collections.abc import Sequence

from inference.cues import Cue, told
from inference.routing import phrases
from inference.routing.complexity import complexity
from inference.routing.mending import mended
from inference.types import Entity, Route, RouteKind
from inference.words.vocabulary import asked_words

Kind = tuple[RouteKind, str]


def route(question: str, entities: Sequence[Entity] = (), *, cues: Sequence[Cue] = ()) -> Route:
    """The way to answer `question`, which names `entities` (`entities.link`) and tells `cues` (`cues.read`)."""
    named = tuple(entities)
    asked = mended(question)
    kind, reason = _none(asked, named) or (_with_names(asked, named, cues) if named else _without_names(asked, cues))
    size, why = complexity(question, kind, named)
    return Route(kind=kind, reason=reason, entities=named, complexity=size, complexity_reason=why, cues=tuple(cues))


def _none(question: str, named: tuple[Entity, ...]) -> Kind | None:
    if not phrases.LETTERS.search(question):
        return RouteKind.NONE, "There are no words to search for."
    if not named and phrases.GREETING.match(question):
        return RouteKind.NONE, "This is a greeting, not a question to the library."
    return None


def _with_names(question: str, named: tuple[Entity, ...], cues: Sequence[Cue]) -> Kind:
    around = _without(question, named)
    return (
        (_of_several(around, named) if len(named) > 1 else _of_one(around, named))
        or _joined(around, named, cues)
        or (RouteKind.DIRECT, f"You name {listed(named)}.")
    )


def _of_several(around: str, named: tuple[Entity, ...]) -> Kind | None:
    titles = listed(named)
    if phrases.WAYS.search(around):
        return RouteKind.GRAPH, f"You ask how {titles} are joined."
    if any(turn.search(around) for turn in (phrases.COMPARE, phrases.DIFFER, phrases.CHOICE)):
        return RouteKind.COMPARE, f"You compare {titles}."
    if phrases.SHARED.search(around):
        return RouteKind.GRAPH, f"You ask what {titles} share."
    if phrases.SIMILAR.search(around):
        return RouteKind.COMPARE, f"You ask how alike {titles} are."
    return None


def _of_one(around: str, named: tuple[Entity, ...]) -> Kind | None:
    title = listed(named)
    if phrases.SIMILAR.search(around):
        return RouteKind.GRAPH, f"You ask for what is like {title} or could stand in its place."
    if phrases.JOINED.search(around):
        return RouteKind.GRAPH, f"You ask what {title} is joined to."
    if phrases.COMPARE.search(around) or phrases.EITHER.match(around):
        return RouteKind.COMPARE, f"You compare {title} with something else."
    return None


def _joined(around: str, named: tuple[Entity, ...], cues: Sequence[Cue]) -> Kind | None:
    titles = listed(named)
    described = _describes(around, cues)
    if phrases.USE.search(around):
        return RouteKind.GRAPH, f"You ask who uses what: {titles}."
    if phrases.RELATION.search(around) and not described:
        return RouteKind.GRAPH, f"You ask what {titles} {'are' if len(named) > 1 else 'is'} joined to."
    if described and len(asked_words(around)) > 1:
        return RouteKind.CONTEXT, f"You name {titles} and describe a situation{_seem(cues)}."
    return None


def _without_names(question: str, cues: Sequence[Cue]) -> Kind:
    if phrases.COMPARE.search(question) and not cues:
        return RouteKind.COMPARE, "You ask for a comparison."
    if _describes(question, cues):
        return RouteKind.CONTEXT, f"You describe a situation that patterns should suit{_seem(cues)}."
    if _is_use(question):
        return RouteKind.GRAPH, "You ask who uses what, but nothing you name is in the library."
    return RouteKind.SEMANTIC, "You name no entry of the library, so it is searched by words and by meaning."


def _is_use(question: str) -> bool:
    return bool(phrases.USE.search(question) and phrases.WHO_USES.match(question))


def _describes(question: str, cues: Sequence[Cue]) -> bool:
    """Whether the question tells of its asker's situation: by what it says of them, or by asking what would suit."""
    if not phrases.SITUATION.search(question):
        return False
    # A size alone ("a large meeting") says nothing of anybody.
    said = any(cue.axis != "scale" or "(" in cue.label for cue in cues)
    return bool(said or phrases.ASKS_WHAT_SUITS.search(question) or phrases.TELLS_WHO.search(question))


def _seem(cues: Sequence[Cue]) -> str:
    return f". You seem to be: {told(cues)}" if cues else ""


def _without(question: str, named: tuple[Entity, ...]) -> str:
    """The question with its names taken out, so that "Tool Library" does not ask for tools."""
    rest = question
    for entity in sorted(named, key=lambda one: -len(one.matched)):
        rest = _replace(rest, entity.matched)
    return rest


def _replace(text: str, name: str) -> str:
    at = text.lower().find(name.lower())
    return text if at < 0 or not name else f"{text[:at]}it{text[at + len(name) :]}"


def listed(named: Sequence[Entity]) -> str:
    """Titles in words, three at most."""
    titles = [entity.title for entity in named[:3]]
    rest = f" and {len(named) - 3} more" if len(named) > 3 else ""
    if rest:
        return ", ".join(titles) + rest
    return titles[0] if len(titles) == 1 else ", ".join(titles[:-1]) + f" and {titles[-1]}"
