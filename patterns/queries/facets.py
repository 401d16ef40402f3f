"""Stacked facets: for every facet, what one can choose next and how many patterns would remain."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Func, QuerySet
from django.utils.translation import gettext_lazy as _

from patterns.models import Library, Pattern
from patterns.queries.browsing import FACETS, Browsing
from patterns.queries.library import published, remembered

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

Counts = dict[str, list[tuple[str, int]]]


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


def counted(browsing: Browsing) -> tuple[int, tuple[Facet, ...]]:
    """Return how many patterns match, and every facet with true counts. One query while remembered, else seven."""
    key = hashlib.sha256(repr(sorted(browsing.chosen.items())).encode()).hexdigest()[:32]
    total, counts, titles = remembered(f"facets:{key}", lambda: _count(browsing.chosen))
    return total, tuple(_facet(name, counts[name], titles, browsing) for name in FACETS)


def words(value: str) -> str:
    """Return a slug-like value as words: `ethical-reasoning` is `Ethical reasoning`."""
    text = value.replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _count(chosen: Mapping[str, str]) -> tuple[int, Counts, dict[str, str]]:
    counts: Counts = {}
    for facet in FACETS:
        others = {name: value for name, value in chosen.items() if name != facet}
        value: Any = F(_LOOKUPS[facet])
        if facet == "category":
            value = Func(F("categories"), function="unnest")
        rows = filtered(others).annotate(value=value).values("value").annotate(n=Count("pk")).order_by("-n", "value")
        counts[facet] = [(row["value"], row["n"]) for row in rows[:MOST] if row["value"]]
    titles = dict(Library.objects.values_list("slug", "title"))
    return filtered(chosen).count(), counts, titles


def _facet(name: str, counts: list[tuple[str, int]], libraries: Mapping[str, str], browsing: Browsing) -> Facet:
    labels: Mapping[str, Any] = {"library": libraries, "tier": _TIERS}.get(name, {})
    chosen = browsing.chosen.get(name)
    if chosen and chosen not in dict(counts):
        counts = [(chosen, 0), *counts]
    options = tuple(
        Option(
            value=value,
            label=str(labels.get(value) or words(value)),
            count=count,
            address=browsing.address(**{name: None if value == chosen else value}),
            chosen=value == chosen,
        )
        for value, count in sorted(counts, key=lambda pair: pair[0] != chosen)
    )
    return Facet(name=name, label=str(LABELS[name]), options=options[:SHOWN], more=options[SHOWN:])
