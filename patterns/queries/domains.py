"""The domains of the library as a small map: each a circle whose area is its number of patterns."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from django.db.models import Count

from patterns.queries.facets import words
from patterns.queries.library import published

LARGEST: Final = 18.0  # radius, in units of the drawing, which is 40 by 40
SMALLEST: Final = 1.5
QUIET: Final = 24  # patterns: where no domain has as many, circles stay small rather than fill the page


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain as files write it (`value`) and as people say it (`name`), with how many published patterns it has."""

    value: str
    name: str
    count: int
    radius: float


def domains() -> tuple[Domain, ...]:
    """Return every domain, the largest first. One query."""
    rows = published().exclude(domain="").values("domain").annotate(n=Count("pk")).order_by("-n", "domain")
    counts = list(rows.values_list("domain", "n"))
    largest = max([QUIET, *(count for _, count in counts)])
    return tuple(Domain(value, words(value), count, radius(count, largest=largest)) for value, count in counts)


def radius(count: int, *, largest: int) -> float:
    """Return the radius of a circle whose area stands to that of `largest` as the counts do, never too small to see."""
    return round(max(SMALLEST, LARGEST * sqrt(count / largest)), 1)
