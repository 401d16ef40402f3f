"""Decides how a question will be answered, and says why in words the asker reads. Pure."""

import re
from collections.abc import Sequence

from inference.types import Entity, Route, RouteKind

_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORD = re.compile(r"\w+")


def _any(*phrases: str) -> re.Pattern[str]:
    """A pattern that finds any of these phrases as whole words."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE | re.DOTALL)


_GREETING = re.compile(
    r"\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|thanks?(?: you)?(?: very much)?|bye|goodbye"
    r"|how are you(?: today| doing)?|what'?s up|test(?:ing)?)(?: there| all| everyone)?\W*$",
    re.IGNORECASE,
)
_COMPARE = _any(
    r"vs\.?",
    r"versus",
    r"differ(?:s|ence|ences|ent)?\b.{0,200}\b(?:between|from|and|to|than)",
    r"compar(?:e|es|ed|ing|ison)",
    r"same as",
    r"(?:better|rather) than",
    r"pros and cons",
)
_CHOICE = _any("or")
_RELATION = _any(
    r"requir\w*",
    r"prerequisites?",
    r"depends? (?:up)?on",
    r"enabl\w*",
    r"(?:in )?tensions? with",
    r"conflicts? with",
    r"contradicts?",
    r"complement\w*",
    r"go(?:es)? (?:well )?with",
    r"alternatives?(?: to)?",
    r"instead of",
    r"speciali[sz]\w*",
    r"generali[sz]\w*",
    r"(?:related|connected|linked|joined) (?:to|with)",
    r"relates? to",
    r"neighbou?rs? of",
    r"connections? between",
    r"path (?:from|between)",
    r"leads? to",
    r"tools? for",
    r"needs? before",
    r"need(?:s|ed)? (?:first|for)",
)
_USE = _any(
    r"(?:what|which) (?:\w+ )?(?:patterns?|practices?|methods?|tools?)\b.{0,200}"
    r"\b(?:use[sd]?|using|apply|applies|adopt\w*|practi[sc]e[sd]?)",
    r"who (?:else )?(?:use[sd]?|applies|adopted|practi[sc]es|is using)",
    r"where (?:is|are|was|were) .{1,80}\b(?:used|applied|practi[sc]ed)",
    r"which (?:\w+ )?(?:organi[sz]ations?|companies|cities|communities|lighthouses?|places?|groups?)",
    r"(?:patterns?|practices?) (?:of|at|in|behind|used by)",
    r"examples? of (?:organi[sz]ations?|companies|places)",
)
_SITUATIONS = (
    r"(?:start-?ups?|co-?op(?:erative)?s?|non-?profits?|ngos?|cit(?:y|ies)|municipalit\w+|governments?|compan(?:y|ies)"
    r"|enterprises?|organi[sz]ations?|communit(?:y|ies)|neighbou?rhoods?|villages?|schools?|hospitals?|movements?"
    r"|famil(?:y|ies)|teams?|networks?|farms?|daos?|associations?|foundations?)"
)
_CONTEXT = _any(
    rf"(?:for|in|at|as|of) (?:an?|our|my|the|small|large|young|new|early)\b[^?.]{{0,60}}\b{_SITUATIONS}",
    r"(?:we are|we're|i am|i'm) (?:an?|in|at|part of|starting|running|founding)",
    r"(?:early|growth|late|seed|scaling|mature|founding)[ -]stage",
    r"(?:which|what) patterns? (?:fits?|suits?|helps?|should|would|could|can)",
    r"archetypes?",
    r"in the \w+ sector",
)


def route(question: str, entities: Sequence[Entity] = ()) -> Route:
    """The way to answer `question`, which names `entities` (see `inference.entities.link`)."""
    named = tuple(entities)
    kind, reason = _none(question, named) or (_with_names(question, named) if named else _without_names(question))
    return Route(kind=kind, reason=reason, entities=named, complexity=_complexity(question, kind, named))


def _none(question: str, named: tuple[Entity, ...]) -> tuple[RouteKind, str] | None:
    if not _LETTERS.search(question):
        return RouteKind.NONE, "There are no words to search for."
    if not named and _GREETING.match(question):
        return RouteKind.NONE, "This is a greeting, not a question to the library."
    return None


def _with_names(question: str, named: tuple[Entity, ...]) -> tuple[RouteKind, str]:
    titles = _listed(named)
    several = len(named) > 1
    if _COMPARE.search(question) or (several and _CHOICE.search(question)):
        return RouteKind.COMPARE, f"You compare {titles}{'' if several else ' with something else'}."
    if _USE.search(question):
        return RouteKind.GRAPH, f"You ask who uses what: {titles}."
    if _RELATION.search(question):
        return RouteKind.GRAPH, f"You ask what {titles} {'are' if several else 'is'} joined to."
    if _CONTEXT.search(question) and not _says_little_else(question, named):
        return RouteKind.CONTEXT, f"You name {titles} and describe a situation."
    return RouteKind.DIRECT, f"You name {titles}."


def _without_names(question: str) -> tuple[RouteKind, str]:
    if _COMPARE.search(question):
        return RouteKind.COMPARE, "You ask for a comparison."
    if _CONTEXT.search(question):
        return RouteKind.CONTEXT, "You describe a situation that patterns should suit."
    return RouteKind.SEMANTIC, "You name no entry of the library, so it is searched by words and by meaning."


def _says_little_else(question: str, named: tuple[Entity, ...]) -> bool:
    rest = question.lower()
    for entity in named:
        rest = rest.replace(entity.matched.lower(), " ")
    return len(_WORD.findall(rest)) <= 4


def _complexity(question: str, kind: RouteKind, named: tuple[Entity, ...]) -> str:
    """`medium` where an answer must join several things or weigh a situation, else `small`."""
    joins = kind in {RouteKind.COMPARE, RouteKind.CONTEXT} or len(named) > 2
    long = len(_WORD.findall(question)) > 30
    return "medium" if joins or long or question.count("?") > 1 else "small"


def _listed(named: tuple[Entity, ...]) -> str:
    titles = [entity.title for entity in named[:3]]
    return titles[0] if len(titles) == 1 else ", ".join(titles[:-1]) + f" and {titles[-1]}"
