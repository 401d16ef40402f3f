"""One page of the browse list."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Substr

from patterns.models import Pattern
from patterns.queries.browsing import Browsing
from patterns.queries.excerpts import READ, cut, first_words
from patterns.queries.facets import LABELS, filtered, label

PAGE_SIZE: Final = 25
_ORDERS: Final = {
    "title": ("title", "pk"),
    "recent": ("-changed_at", "-pk"),
    "confidence": ("-stars", "title", "pk"),
}
_SHOWN: Final = ("slug", "title", "summary", "tier", "stars", "domain", "lifecycle_status", "changed_at")


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen facet value; `address` takes it back."""

    facet: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of patterns and where it stands. `exists` is false for a page past the end."""

    patterns: tuple[Pattern, ...]
    total: int
    pages: int
    browsing: Browsing

    @property
    def exists(self) -> bool:
        return 1 <= self.browsing.page <= self.pages

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(facet=str(LABELS[facet]), label=label(facet, value), address=self.browsing.address(**{facet: None}))
            for facet, value in self.browsing.chosen.items()
        ]

    @property
    def first(self) -> int:
        return (self.browsing.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return min(self.browsing.page * PAGE_SIZE, self.total)


def listing(browsing: Browsing) -> Listing:
    """Return the page that `browsing` asks for. Two queries."""
    total = filtered(browsing.chosen).count()
    pages = max(1, -(-total // PAGE_SIZE))
    patterns: tuple[Pattern, ...] = ()
    if 1 <= browsing.page <= pages:
        start = (browsing.page - 1) * PAGE_SIZE
        found = filtered(browsing.chosen).order_by(*_ORDERS[browsing.sort]).only(*_SHOWN)
        patterns = with_first_words(found[start : start + PAGE_SIZE])
    return Listing(patterns=patterns, total=total, pages=pages, browsing=browsing)


def with_first_words(patterns: QuerySet[Pattern]) -> tuple[Pattern, ...]:
    """Return `patterns`, each with `words`: its summary, or how its text begins. The same one query."""
    beginning = Substr("current__source", F("current__body_start") + 1, READ)
    found = tuple(patterns.annotate(beginning=Case(When(summary="", then=beginning), default=Value(""))))
    for pattern in found:
        pattern.words = cut(pattern.summary) or first_words(pattern.beginning)
    return found
