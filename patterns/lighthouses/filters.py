"""Lighthouses by what they are and where they stand: filters with true counts, and an order. Pure.

Several values of one filter mean either, different filters mean both, as on the browse page. A file may write a country
with its region, `Spain (Catalonia)`: the country is what one filters by, the region is shown.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol
from urllib.parse import urlencode

from patterns.faceting.spelling import folded, said

FILTERS: Final = ("kind", "country", "sector")
SORTS: Final = ("title", "uses", "country", "recent")
PAGE: Final = 30
LONGEST: Final = 120  # characters of a value
MOST_VALUES: Final = 20  # of one filter
_REGION: Final = re.compile(r"\s*\(([^()]*)\)\s*$")


class _Query(Protocol):
    def getlist(self, name: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A lighthouse as the list needs it. It names `known` patterns of this library and `missing` that are not in it."""

    id: int
    slug: str
    title: str
    line: str
    kind: str
    country: str
    sector: str
    founded: str
    library: str
    changed_at: datetime
    known: int
    missing: int

    @property
    def uses(self) -> int:
        return self.known + self.missing

    def written(self, name: str) -> str:
        """Return the value that a filter goes by, as the file writes it, without what stands in brackets."""
        return _REGION.sub("", getattr(self, name)).strip()

    def value(self, name: str) -> str:
        """Return the value of a filter as all its spellings share it; empty where the file is silent."""
        return value_of(getattr(self, name))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address asks for. `page` is 0 when it asks for something that is no page."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "title"
    page: int = 1

    @classmethod
    def from_query(cls, query: _Query) -> "Chosen":
        """Read a query string; what can mean nothing is left out."""
        values = {}
        for name in FILTERS:
            given = (value_of(value) for value in query.getlist(name)[:MOST_VALUES] if len(value) <= LONGEST)
            if known := tuple(sorted({value for value in given if value})):
                values[name] = known
        sorts, pages = query.getlist("sort"), query.getlist("page")
        sort = sorts[-1] if sorts and sorts[-1] in SORTS else "title"
        return cls(values=values, sort=sort, page=_page(pages[-1]) if pages else 1)

    def admits(self, place: Place, *, but: str = "") -> bool:
        """Whether `place` passes every filter, that of `but` aside."""
        return all(name == but or place.value(name) in wanted for name, wanted in self.values.items())

    def toggled(self, name: str, value: str) -> str:
        """Return the address with one value of a filter added, or taken away."""
        now = set(self.values.get(name, ())) ^ {value}
        return self.address(values={**self.values, name: tuple(sorted(now))})

    def address(
        self, *, values: Mapping[str, Sequence[str]] | None = None, sort: str | None = None, page: int = 1
    ) -> str:
        """Return a query string, always the same for the same choice."""
        values = self.values if values is None else values
        parts = [(name, value) for name in FILTERS for value in values.get(name, ())]
        sort = sort or self.sort
        parts += [("sort", sort)] if sort != "title" else []
        parts += [("page", str(page))] if page > 1 else []
        return "?" + urlencode(parts) if parts else "?"


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: `count` lighthouses have it under all others; `address` adds it or takes it away."""

    value: str
    label: str
    count: int
    chosen: bool
    address: str


def options(places: Sequence[Place], chosen: Chosen, name: str) -> tuple[Option, ...]:
    """Return the values of one filter, the most frequent first. One that is chosen and that nothing has counts 0."""
    spellings: dict[str, Counter[str]] = {}
    for place in places:
        if value := place.value(name):
            spellings.setdefault(value, Counter())[place.written(name)] += 1
    counts = Counter(place.value(name) for place in places if chosen.admits(place, but=name))
    wanted = chosen.values.get(name, ())
    known = [value for value in spellings if counts[value] or value in wanted]
    found = [
        Option(
            value=value,
            label=said(spellings[value]) if value in spellings else value,
            count=counts[value],
            chosen=value in wanted,
            address=chosen.toggled(name, value),
        )
        for value in dict.fromkeys((*known, *wanted))
    ]
    return tuple(sorted(found, key=lambda option: (-option.count, option.label.casefold())))


def ordered(places: Iterable[Place], chosen: Chosen) -> list[Place]:
    """Return the places that every filter admits, in the order asked for; without a country last where that counts."""
    kept = sorted(
        (place for place in places if chosen.admits(place)), key=lambda place: (place.title.casefold(), place.id)
    )
    if chosen.sort == "uses":
        kept.sort(key=lambda place: (-place.known, -place.uses))
    elif chosen.sort == "country":
        kept.sort(key=lambda place: (not place.value("country"), place.value("country")))
    elif chosen.sort == "recent":
        kept.sort(key=lambda place: place.changed_at, reverse=True)
    return kept


def value_of(written: str) -> str:
    """Return what all spellings of a value share: `Spain (Catalonia)` and `spain` are one country."""
    return folded(_REGION.sub("", written))


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 7 else 0
