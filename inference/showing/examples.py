"""Questions this library can really answer, made from what it holds, so that no example leads to an empty answer.

They are in the language of the library's texts, the one it answers best in, whatever the page is in.

Each is grammatical for any title, singular or plural, with or without an article: the title is never its subject.
"""

import re

from django.db.models import Count, F, Q, QuerySet

from patterns.enums import PublicationState, RelationKind, RelationState
from patterns.models import Lighthouse, Pattern, Relation
from patterns.queries.library import published, published_lighthouses, remembered

MOST = 3
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")  # `Delegable Voting (Liquid Democracy)` is asked for without it
_PUBLISHED = PublicationState.PUBLISHED


def examples(*, state: int) -> list[str]:
    """At most three questions, of different kinds, remembered for this state of the library."""
    return remembered("example-questions", _examples, state=state)


def _examples() -> list[str]:
    """What one can do with a pattern, who uses what, and how two patterns stand to each other."""
    pattern, place, pair = _pattern(), _lighthouse(), _tension() or _alternatives()
    found = []
    if pattern:
        found.append(f"How can we start with {_spoken(pattern.title)}?")
    if place:
        found.append(f"Which patterns does {_spoken(place.title)} use?")
    if pair:
        found.append(f"What is the difference between {_spoken(pair[0])} and {_spoken(pair[1])}?")
    if len(found) < MOST and pattern and place:
        found.append(f"Who uses {_spoken(pattern.title)}?")
    return found[:MOST]


def _spoken(title: str) -> str:
    return _ASIDE.sub("", title) or title


def _readable() -> QuerySet[Pattern]:
    return published().exclude(summary="").only("title")


def _pattern() -> Pattern | None:
    """The one most lighthouses use, among those the library is surest of."""
    used = Count("adoptions", filter=Q(adoptions__lighthouse__state=_PUBLISHED))
    return _readable().annotate(uses=used).order_by("-uses", "-stars", "pk").first()


def _lighthouse() -> Lighthouse | None:
    """The one that uses most of what the library describes."""
    described = Count("adoptions", filter=Q(adoptions__pattern__state=_PUBLISHED))
    return published_lighthouses().annotate(uses=described).filter(uses__gt=1).order_by("-uses", "pk").first()


def _tension() -> tuple[str, str] | None:
    """Two patterns that people found to pull against each other or to stand for each other."""
    kinds = (RelationKind.ALTERNATIVE_TO, RelationKind.TENSIONS_WITH)
    joined = Relation.objects.filter(state=RelationState.APPROVED, kind__in=kinds).exclude(source=F("target"))
    both = joined.filter(source__state=_PUBLISHED, target__state=_PUBLISHED)
    return both.order_by("kind", "-source__stars", "pk").values_list("source__title", "target__title").first()


def _alternatives() -> tuple[str, str] | None:
    """Two of one domain, where nobody has related any yet."""
    trusted = _readable().exclude(domain="").order_by("-stars", "pk").values_list("domain", "title")[:40]
    seen: dict[str, str] = {}
    for domain, title in trusted:
        if domain in seen:
            return seen[domain], title
        seen[domain] = title
    return None
