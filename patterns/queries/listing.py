"""One page of the browse list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Substr

from patterns.faceting.bitmaps import members
from patterns.faceting.index import SUITS, FacetIndex
from patterns.faceting.suiting import percent
from patterns.models import Pattern
from patterns.queries.browsing import Browsing
from patterns.queries.excerpts import READ, cut, first_words
from patterns.queries.facet_index import Kept
from patterns.queries.facets import LABELS, value_label
from patterns.queries.library import published

PAGE_SIZE: Final = 25
_SHOWN: Final = ("slug", "title", "summary", "tier", "stars", "domain", "lifecycle_status", "changed_at")


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value; `address` takes it back, and `without` patterns would then be listed."""

    facet: str
    name: str
    key: str
    label: str
    address: str
    without: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of patterns and where it stands. `exists` is false for a page past the end."""

    patterns: tuple[Pattern, ...]
    total: int
    pages: int
    browsing: Browsing
    chips: tuple[Chip, ...]

    @property
    def exists(self) -> bool:
        return 1 <= self.browsing.page <= self.pages

    @property
    def first(self) -> int:
        return (self.browsing.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return min(self.browsing.page * PAGE_SIZE, self.total)


def listing(browsing: Browsing, kept: Kept) -> Listing:
    """Return the page that `browsing` asks for. One query."""
    matching = kept.index.matching(browsing.chosen)
    total = matching.bit_count()
    pages = max(1, -(-total // PAGE_SIZE))
    patterns: tuple[Pattern, ...] = ()
    if 1 <= browsing.page <= pages and total:
        start = (browsing.page - 1) * PAGE_SIZE
        ordered = islice(_ordered(browsing, kept.index, matching), start, start + PAGE_SIZE)
        patterns = _patterns(kept.index, ordered, axes=sum(axis in browsing.chosen for axis in SUITS))
    return Listing(patterns=patterns, total=total, pages=pages, browsing=browsing, chips=tuple(_chips(browsing, kept)))


def placed(index: FacetIndex, places: Iterable[int]) -> tuple[Pattern, ...]:
    """Return the patterns at `places`, in that order, each with `words`: how it begins. One query.

    A pattern retired since the index was made is left out; the next page is made from a new one.
    """
    pks = [index.pks[place] for place in places]
    found = {pattern.pk: pattern for pattern in with_first_words(published().filter(pk__in=pks).only(*_SHOWN))}
    return tuple(found[pk] for pk in pks if pk in found)


def with_first_words(patterns: QuerySet[Pattern]) -> tuple[Pattern, ...]:
    """Return `patterns`, each with `words`: its summary, or how its text begins. The same one query."""
    beginning = Substr("current__source", F("current__body_start") + 1, READ)
    found = tuple(patterns.annotate(beginning=Case(When(summary="", then=beginning), default=Value(""))))
    for pattern in found:
        pattern.words = cut(pattern.summary) or first_words(pattern.beginning)
    return found


def _ordered(browsing: Browsing, index: FacetIndex, bits: int) -> Iterator[tuple[int, int]]:
    """Yield `(place, points)` in the order asked for; points are 0 unless the list is ordered by them."""
    if browsing.sort == "suited":
        for points, each in index.ranked(browsing.chosen, among=bits):
            yield from ((place, points) for place in index.surest_first(each))
        return
    orders = {"recent": index.newest_first, "confidence": index.surest_first, "title": members}
    yield from ((place, 0) for place in orders[browsing.sort](bits))


def _patterns(index: FacetIndex, ordered: Iterable[tuple[int, int]], *, axes: int) -> tuple[Pattern, ...]:
    points = {index.pks[place]: (place, each) for place, each in ordered}
    found = placed(index, (place for place, _ in points.values()))
    for pattern in found:
        pattern.fit = percent(points[pattern.pk][1], axes=axes)
    return found


def _chips(browsing: Browsing, kept: Kept) -> Iterator[Chip]:
    for facet, keys in browsing.chosen.items():
        for key in keys:
            without = browsing.removing(facet, key)
            yield Chip(
                facet=str(LABELS[facet]),
                name=facet,
                key=key,
                label=value_label(facet, key, kept),
                address=without.address(),
                without=kept.index.matching(without.chosen).bit_count(),
            )
