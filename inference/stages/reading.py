"""Reads on in the entries an answer is about, so that the part a question asks for is there and not only what matched.

A search finds the passages with the question's words; the first steps of a pattern, or its limits, are often told in
others.
"""

from collections.abc import Sequence

from django.db.models import Q

from inference.quoting.aspects import Aspect, asked, aspect_of
from inference.retrieval.evidence import FIELDS, passage_read, readable
from inference.types import Evidence, Route, RouteKind

NAMED = 3  # entries read whole, when a question names them
FOUND = 4  # entries of which only what they are and do is read, when a search brought them
MOST = 60  # passages of one entry
FIRST = 4  # passages an entry begins with
AHEAD = 4  # of what is read, the passages that a model reads before the rest of what was found
SCORE = 0.2  # beside the fused score of what a search found
WHY = ("it is where this entry says what was asked",)
# What an answer about an entry may tell whatever was asked; its uses and signs only for who asks.
_ALWAYS = {None, Aspect.DEFINITION, Aspect.PROBLEM, Aspect.SOLUTION, Aspect.FIT, Aspect.LIMITS, Aspect.RISKS}
_DOES = r"solution|principle|summary|overview"


def read_on(question: str, route: Route, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence with more of the entries it is about, what a question asks for up front. One query."""
    named = [(one.kind, one.slug) for one in route.entities] if route.kind != RouteKind.SEMANTIC else []
    whole = list(dict.fromkeys(named))[:NAMED] or list(dict.fromkeys((one.kind, one.slug) for one in evidence))[:1]
    alone = not named or (route.kind == RouteKind.COMPARE and len(named) == 1)
    others = (
        list(dict.fromkeys((one.kind, one.slug) for one in evidence if (one.kind, one.slug) not in whole))[:FOUND]
        if alone
        else []
    )
    have = {one.passage_id for one in evidence}
    asks = set(asked(question))
    steps = {Aspect.STEPS} if route.kind in {RouteKind.COMPARE, RouteKind.CONTEXT} or not named else set()
    more = [
        one
        for one in _passages(whole, others, steps=route.kind == RouteKind.CONTEXT)
        if one.passage_id not in have and aspect_of(one.section) in _ALWAYS | asks | steps
    ]
    wanted = {Aspect.DEFINITION} | asks if named else set()
    first = [one for one in more if aspect_of(one.section) in wanted][:AHEAD]
    rest = [one for one in more if one not in first]
    return (*evidence[:AHEAD], *first, *evidence[AHEAD:], *rest)


def _passages(whole: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]], *, steps: bool) -> list[Evidence]:
    part = Q(position__lt=FIRST) | Q(section__iregex=f"{_DOES}|implement" if steps else _DOES)
    wanted = Q(pk__in=())
    for entries, which in ((whole, Q()), (others, part)):
        patterns = [slug for kind, slug in entries if kind == "pattern"]
        lighthouses = [slug for kind, slug in entries if kind == "lighthouse"]
        wanted |= (Q(pattern__slug__in=patterns) | Q(lighthouse__slug__in=lighthouses)) & which
    rows = readable().filter(wanted).order_by("pattern_id", "lighthouse_id", "position")
    found: dict[tuple[str, str], list[Evidence]] = {}
    for row in rows.values(*FIELDS):
        one = passage_read(row, score=SCORE, why=WHY)
        found.setdefault((one.kind, one.slug), []).append(one)
    return [one for entry in (*whole, *others) for one in found.get(entry, ())[:MOST]]
