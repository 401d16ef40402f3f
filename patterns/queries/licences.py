"""Under what terms the library's texts stand: by library, and by what single revisions say of themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from patterns.enums import PublicationState
from patterns.models import Library, Pattern
from patterns.queries.library import published


@dataclass(frozen=True, slots=True)
class Terms:
    """A library with its licence and attribution as it gives them, and how much of it is published here."""

    title: str
    slug: str
    license: str
    attribution: str
    source: str
    patterns: int
    lighthouses: int


def terms() -> tuple[Terms, ...]:
    """Return the terms of every library that has something published, the largest first. One query."""
    there = PublicationState.PUBLISHED
    patterns = Count("patterns", filter=Q(patterns__state=there), distinct=True)
    lighthouses = Count("lighthouses", filter=Q(lighthouses__state=there), distinct=True)
    rows = Library.objects.annotate(n=patterns, places=lighthouses).filter(Q(n__gt=0) | Q(places__gt=0))
    return tuple(
        Terms(one.title, one.slug, one.license, one.attribution, one.source, one.n, one.places)
        for one in rows.order_by("-n", "title")
    )


def licences_of_patterns() -> Iterator[tuple[str, int]]:
    """Yield each licence that published patterns name, with how many do; empty for those that name none. One query."""
    rows = published().values("current__license").annotate(n=Count("pk")).order_by("-n", "current__license")
    yield from rows.values_list("current__license", "n")


def example() -> Pattern | None:
    """Return a pattern to show how one attributes: the longest-standing of the most trusted. One query."""
    return (
        published()
        .select_related("library", "current__author")
        .defer("current__source")
        .order_by("-stars", "pk")
        .first()
    )
