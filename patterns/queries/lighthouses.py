"""The list of lighthouses: filters with true counts, an order, a page, and in short what each uses."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Final

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, NullIf, Substr
from django.utils.translation import gettext_lazy as _

from patterns.enums import PublicationState
from patterns.lighthouses.filters import FILTERS, PAGE, SORTS, Chosen, Option, Place, options, ordered
from patterns.models import Adoption
from patterns.queries.library import published_lighthouses, remembered

SHOWN: Final = 4  # patterns named in short
READ: Final = 600  # characters of a description
LABELS: Final = {"kind": _("Kind"), "country": _("Country"), "sector": _("Sector")}
SORT_LABELS: Final = {
    "title": _("Title"),
    "uses": _("Most patterns"),
    "country": _("By country"),
    "recent": _("Recently changed"),
}
_KNOWN: Final = Q(pattern__state=PublicationState.PUBLISHED, pattern__current__isnull=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One lighthouse of the list; `patterns` are `(slug, title)` of the first few it uses, `more` how many follow."""

    place: Place
    patterns: tuple[tuple[str, str], ...]

    @property
    def more(self) -> int:
        return self.place.known - len(self.patterns)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading: a country, or none where the list is not by country."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values; `chips` are those that are chosen."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def chips(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.chosen)


@dataclass(frozen=True, slots=True)
class PlaceList:
    """What the page of lighthouses shows. `everything` is how many there are at all, `total` how many pass.

    `mixed` says that they come from several libraries, so that two of one name can be told apart.
    """

    groups: tuple[Group, ...]
    filters: tuple[Filter, ...]
    sorts: tuple[tuple[str, str, str], ...]
    total: int
    everything: int
    pages: int
    mixed: bool

    @property
    def chips(self) -> tuple[tuple[str, Option], ...]:
        return tuple((each.label, option) for each in self.filters for option in each.chips)


def place_list(chosen: Chosen, *, state: int) -> PlaceList:
    """Return the page of lighthouses that was asked for. Two queries, one while the library stays as it is."""
    places = remembered("lighthouse-places", _places, state=state)
    found = ordered(places, chosen)
    page = found[(chosen.page - 1) * PAGE : chosen.page * PAGE] if chosen.page else []
    used = _used(place.id for place in page)
    rows = [Row(place, tuple(used.get(place.id, ())[:SHOWN])) for place in page]
    return PlaceList(
        groups=_grouped(rows, by_country=chosen.sort == "country"),
        filters=tuple(Filter(name, str(LABELS[name]), options(places, chosen, name)) for name in FILTERS),
        sorts=tuple((name, str(SORT_LABELS[name]), chosen.address(sort=name)) for name in SORTS),
        total=len(found),
        everything=len(places),
        pages=max(1, -(-len(found) // PAGE)),
        mixed=len({place.library for place in places}) > 1,
    )


def _places() -> list[Place]:
    known = Q(adoptions__pattern__state=PublicationState.PUBLISHED, adoptions__pattern__current__isnull=False)
    rows = (
        published_lighthouses()
        .annotate(
            line=Substr(Coalesce(NullIf("description", Value("")), "tagline"), 1, READ),
            known=Count("adoptions__pattern", filter=known, distinct=True),
            missing=Count("adoptions") - Count("adoptions", filter=known),
        )
        .values(*(each.name for each in fields(Place) if each.name != "library"), written_in=F("library__title"))
    )
    return [Place(library=row.pop("written_in"), **row) for row in rows]


def _used(lighthouses: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Return `(slug, title)` of the published patterns each lighthouse uses, each once, in its order."""
    used: dict[int, dict[tuple[str, str], None]] = defaultdict(dict)
    rows = (
        Adoption.objects.filter(_KNOWN, lighthouse__in=list(lighthouses))
        .order_by("lighthouse_id", "position")
        .values_list("lighthouse_id", "pattern__slug", "pattern__title")
    )
    for lighthouse, slug, title in rows:
        used[lighthouse][slug, title] = None
    return {lighthouse: list(patterns) for lighthouse, patterns in used.items()}


def _grouped(rows: Sequence[Row], *, by_country: bool) -> tuple[Group, ...]:
    if not by_country:
        return (Group("", tuple(rows)),) if rows else ()
    groups: dict[str, list[Row]] = defaultdict(list)
    headings: dict[str, str] = {}
    for row in rows:
        value = row.place.value("country")
        groups[value].append(row)
        headings.setdefault(value, row.place.written("country") or str(_("Country not stated")))
    return tuple(Group(headings[value], tuple(group)) for value, group in groups.items())
