"""Stacked facets: for every facet, what one can choose next and how many patterns would then be listed for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from patterns.faceting.index import FACETS, FacetIndex, Value
from patterns.faceting.spelling import words
from patterns.queries.browsing import Browsing
from patterns.queries.facet_index import Kept

LABELS: Final = {
    "domain": _("Domain"),
    "category": _("Category"),
    "archetype": _("Archetype"),
    "stage": _("Stage"),
    "sector": _("Sector"),
    "tier": _("Tier"),
    "status": _("Status in its file"),
    "universality": _("Universality"),
    "library": _("Library"),
}
_HEADINGS: Final = {
    "archetype": _("Archetype it suits"),
    "stage": _("Stage it suits"),
    "sector": _("Sector it suits"),
}
_TIERS: Final = {"bronze": _("Bronze"), "silver": _("Silver"), "gold": _("Gold")}
OPEN: Final = frozenset({"domain", "category", "archetype"})  # the others wait behind their headings
SHOWN: Final = 6
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: `count` patterns have it and all *other* choices; `address` chooses it or takes it back."""

    key: str
    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its options, the most frequent first; `more` are behind a fold, `rarer` so many are not shown."""

    name: str
    label: str
    options: tuple[Option, ...]
    more: tuple[Option, ...]
    rarer: int
    is_open: bool


def facets(browsing: Browsing, kept: Kept) -> tuple[Facet, ...]:
    """Return every facet that offers a choice, with true counts. No query."""
    found = (_facet(name, browsing, kept) for name in FACETS)
    return tuple(facet for facet in found if facet)


def counts(facet: str, browsing: Browsing, index: FacetIndex) -> list[tuple[Value, int]]:
    """Return the facet's values with how many patterns have each under all *other* choices, the most frequent first.

    A chosen value stands there with whatever it has; another that would leave nothing does not.
    """
    others = index.matching(browsing.chosen, besides=facet)
    chosen = browsing.chosen.get(facet, ())
    found = [(value, (others & value.bits).bit_count()) for value in index.values[facet].values()]
    found += [(Value(key, words(key), 0), 0) for key in chosen if key not in index.values[facet]]
    return sorted(
        (pair for pair in found if pair[1] or pair[0].key in chosen),
        key=lambda pair: (-pair[1], pair[0].label.casefold(), pair[0].key),
    )


def label(facet: str, value: str) -> str:
    """Return a facet's value in words."""
    return str(_TIERS.get(value) or words(value)) if facet == "tier" else words(value)


def value_label(facet: str, key: str, kept: Kept) -> str:
    """Return a key in the words most files use for it."""
    if facet == "library":
        return kept.libraries.get(key, key)
    value: Mapping[str, Value] = kept.index.values[facet]
    return value[key].label if facet != "tier" and key in value else label(facet, key)


def _facet(name: str, browsing: Browsing, kept: Kept) -> Facet | None:
    """Return one facet, or nothing where no value is left to choose or take back."""
    chosen = browsing.chosen.get(name, ())
    found = counts(name, browsing, kept.index)
    if not found:
        return None
    options = [
        Option(
            key=value.key,
            label=value_label(name, value.key, kept),
            count=count,
            address=(browsing.removing if value.key in chosen else browsing.adding)(name, value.key).address(),
            chosen=value.key in chosen,
        )
        for value, count in found[:MOST]
    ]
    shown = [option for place, option in enumerate(options) if place < SHOWN or option.chosen]
    more = [option for place, option in enumerate(options) if place >= SHOWN and not option.chosen]
    if len(more) == 1:  # a fold for one line would be as long as the line
        shown, more = options, []
    return Facet(
        name=name,
        label=str(_HEADINGS.get(name, LABELS[name])),
        options=tuple(shown),
        more=tuple(more),
        rarer=max(0, len(found) - MOST),
        is_open=name in OPEN or bool(chosen),
    )
