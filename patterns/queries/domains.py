"""The domains of the library as a small map: each a circle whose area is its number of patterns."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from django.db.models import Count, QuerySet

from patterns.faceting.spelling import folded, said
from patterns.models import Pattern
from patterns.queries.library import published

LARGEST: Final = 18.0  # radius, in units of the drawing, which is 40 by 40
SMALLEST: Final = 1.5
QUIET: Final = 24  # patterns: where no domain has as many, circles stay small rather than fill the page


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain by its key in addresses and as people say it, with how many published patterns it has."""

    key: str
    name: str
    count: int
    radius: float


def domains() -> tuple[Domain, ...]:
    """Return every domain, the largest first. One query. Spellings of one name are one domain, as in browsing."""
    found: dict[str, dict[str, int]] = {}
    for written, count in _written().annotate(n=Count("pk")).values_list("domain", "n"):
        if key := folded(written):
            found.setdefault(key, {})[written] = count
    largest = max([QUIET, *(sum(spellings.values()) for spellings in found.values())])
    named = (
        Domain(key, said(spellings), count, radius(count, largest=largest))
        for key, spellings in found.items()
        if (count := sum(spellings.values()))
    )
    return tuple(sorted(named, key=lambda one: (-one.count, one.name)))


def spellings_of(domain: str) -> list[str]:
    """Return how published patterns write `domain`; nothing when none is in it. One query."""
    key = folded(domain)
    return [written for written in _written().values_list("domain", flat=True) if key and folded(written) == key]


def _written() -> QuerySet[Pattern]:
    return published().exclude(domain="").values("domain").order_by("domain").distinct()


def radius(count: int, *, largest: int) -> float:
    """Return the radius of a circle whose area stands to that of `largest` as the counts do, never too small to see."""
    return round(max(SMALLEST, LARGEST * sqrt(count / largest)), 1)
