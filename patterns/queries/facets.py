"""Stacked facets: for every facet, what one can choose next and how many patterns would remain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Func, QuerySet
from django.utils.translation import gettext_lazy as _

from patterns.models import Library, Pattern
from patterns.queries.browsing import FACETS, Browsing
from patterns.queries.library import published

LABELS: Final = {
    "domain": _("Domain"),
    "category": _("Category"),
    "tier": _("Tier"),
    "status": _("Status in its file"),
    "library": _("Library"),
}
_LOOKUPS: Final = {
    "domain": "domain",
    "category": "categories__contains",
    "tier": "tier",
    "status": "lifecycle_status",
    "library": "library__slug",
}
_TIERS: Final = {"bronze": _("Bronze"), "silver": _("Silver"), "gold": _("Gold")}
SHOWN: Final = 6
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: `count` patterns remain when it is chosen; `address` chooses it, or takes it back."""

    value: str
    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its options, the most frequent first; `more` are those behind a fold."""

    name: str
    label: str
    options: tuple[Option, ...]
    more: tuple[Option, ...]


def filtered(chosen: Mapping[str, str]) -> QuerySet[Pattern]:
    """Return the published patterns that every chosen facet admits."""
    patterns = published()
    for facet, value in chosen.items():
        patterns = patterns.filter(**{_LOOKUPS[facet]: [value] if facet == "category" else value})
    return patterns


def facets(browsing: Browsing) -> tuple[Facet, ...]:
    """Return every facet with true counts. Six queries: keep what is made of it."""
    libraries = dict(Library.objects.values_list("slug", "title"))
    return tuple(_facet(name, _counts(name, browsing.chosen), libraries, browsing) for name in FACETS)


def label(facet: str, value: str) -> str:
    """Return a facet's value in words."""
    return str(_TIERS.get(value) or words(value)) if facet == "tier" else words(value)


def words(value: str) -> str:
    """Return a slug-like value as words: `ethical-reasoning` is `Ethical reasoning`."""
    text = value.replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _counts(facet: str, chosen: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return the facet's values with what would remain of each under all *other* choices, the most frequent first."""
    others = {name: value for name, value in chosen.items() if name != facet}
    value = Func(F("categories"), function="unnest") if facet == "category" else F(_LOOKUPS[facet])
    rows = filtered(others).annotate(value=value).values("value").annotate(n=Count("pk")).order_by("-n", "value")
    return [(row["value"], row["n"]) for row in rows[:MOST] if row["value"]]


def _facet(name: str, counts: list[tuple[str, int]], libraries: Mapping[str, str], browsing: Browsing) -> Facet:
    chosen = browsing.chosen.get(name)
    if chosen and chosen not in dict(counts):
        counts = [(chosen, 0), *counts]
    options = tuple(
        Option(
            value=value,
            label=libraries.get(value, words(value)) if name == "library" else label(name, value),
            count=count,
            address=browsing.address(**{name: None if value == chosen else value}),
            chosen=value == chosen,
        )
        for value, count in sorted(counts, key=lambda pair: pair[0] != chosen)
    )
    return Facet(name=name, label=str(LABELS[name]), options=options[:SHOWN], more=options[SHOWN:])
