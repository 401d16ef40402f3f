"""What two things have in common: what both are joined to, and how each of them is."""

from collections.abc import Sequence

from django.urls import reverse

from inference.facts.found import MOST_SUGGESTED, Facts, More, tell
from inference.facts.telling import Telling
from inference.graphs import EVERY, TRUSTED, Shared
from inference.retrieval import graph
from inference.types import Entity, Fact
from patterns.models import Lighthouse, Pattern

MOST = 8
LOOKED_AT = 200


def sharing(one: Entity, other: Entity) -> Facts:
    """What approved relations and adoptions join to both; what only suggestions join to both apart."""
    every = graph.shared(one, other, states=EVERY, limit=LOOKED_AT)
    trusted = [two for two in every if _is_trusted(two)]
    suggested = [two for two in every if not _is_trusted(two)]
    telling = Telling([edge for two in [*trusted[:MOST], *suggested] for edge in (two.left, two.right)])
    best = sorted(suggested, key=lambda two: _weakness(telling, two))[:MOST_SUGGESTED]
    names = titles([two.key for two in [*trusted[:MOST], *best]])
    ends = graph.key_of(one), graph.key_of(other)
    stated, apart = (
        tuple(fact for two in some for fact in both_ends(telling, two, ends, names)) for some in (trusted[:MOST], best)
    )
    both = f"{one.title} and {other.title}"
    left = len(suggested) - len(best)
    more = ()
    if one.kind == other.kind == "pattern" and left > 0:
        more = (More(left, "shared", both, reverse("relation_paths", args=[one.slug, other.slug]), suggested=True),)
    missing = "" if stated else f"No approved relations join {both} to the same thing"
    opening = f"{both} are both joined to:" if stated else ""
    return Facts(stated, apart, more=more, missing=missing, opening=opening)


def _weakness(telling: Telling, two: Shared) -> tuple[int, int]:
    """How many of its ends are in doubt, and how many speak of both their patterns: the best has least and most."""
    ends = (two.left, two.right)
    return sum(telling.doubted(end) for end in ends), -sum(telling.fits(end) for end in ends)


def both_ends(telling: Telling, two: Shared, ends: Sequence[str], names: dict[str, str]) -> tuple[Fact, ...]:
    """How each of the two is joined to what they share; nothing where one of them is not any more."""
    told = tell(telling, ((two.left, ends[0]), (two.right, ends[1])), group=names.get(two.key, ""))
    return told if len(told) == 2 else ()


def titles(keys: Sequence[str]) -> dict[str, str]:
    """What nodes are called. At most two queries."""
    names: dict[str, str] = {}
    for letter, model in (("p", Pattern), ("l", Lighthouse)):
        if ids := [int(key[1:]) for key in keys if key[0] == letter]:
            rows = model.objects.filter(pk__in=ids).values_list("pk", "title")
            names |= {f"{letter}{pk}": title for pk, title in rows}
    return names


def _is_trusted(two: Shared) -> bool:
    return two.left.state in TRUSTED and two.right.state in TRUSTED
