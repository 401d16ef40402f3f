"""Every facet of every published pattern as bitmaps, so that counting under any choice costs next to nothing. Pure.

A pattern is a *place*: its number in the order of titles. A bitmap's bits are places, so reading one from its lowest
bit gives patterns in that order.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final, NamedTuple

from patterns.faceting.bitmaps import bitmap, members, truths
from patterns.faceting.spelling import folded, is_word, said, title_key
from patterns.faceting.suiting import Levels, anyone, levels, ranked, worth

SUITS: Final = ("archetype", "stage", "sector")
FACETS: Final = ("domain", "category", *SUITS, "tier", "status", "universality", "library")
EXACT: Final = frozenset({"library"})  # names of records, not words people spell in several ways
LONGEST: Final = 200  # characters of a value that can be chosen


class Facts(NamedTuple):
    """What one published pattern is browsed by, as its file or its record writes it."""

    pk: int
    title: str
    stars: int
    changed_at: datetime
    domain: str
    category: Sequence[str]
    tier: str
    status: str
    universality: str
    library: str


class Suits(NamedTuple):
    """Patterns that share one score on one name of one axis."""

    axis: str
    name: str
    score: float | None
    level: str
    pks: Sequence[int]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: its key in addresses, how it is said, and the patterns that have it."""

    key: str
    label: str
    bits: int


@dataclass(frozen=True, slots=True)
class FacetIndex:
    """All facets at one state of the library. `pks` are in the order of titles, `recent` places, the newest first."""

    pks: Sequence[int]
    everything: int
    values: Mapping[str, Mapping[str, Value]]
    levels: Mapping[str, Mapping[str, Levels]]
    stars: tuple[int, ...]
    recent: Sequence[int]

    def either(self, facet: str, keys: Iterable[str]) -> int:
        """Return the patterns that have one of `keys`; a key nobody has adds none."""
        bits = 0
        for key in keys:
            if value := self.values[facet].get(key):
                bits |= value.bits
        return bits

    def matching(self, chosen: Mapping[str, Collection[str]], *, besides: str = "") -> int:
        """Return the patterns that every chosen facet admits, the facet `besides` left out."""
        bits = self.everything
        for facet, keys in chosen.items():
            if facet != besides and keys:
                bits &= self.either(facet, keys)
        return bits

    def axis(self, facet: str, keys: Iterable[str]) -> Levels:
        """Return the levels of one axis for any of `keys`: each pattern at the best worth one of them gives it."""
        return levels(chain.from_iterable(self.levels[facet].get(key, ()) for key in keys))

    def ranked(self, chosen: Mapping[str, Collection[str]], *, among: int) -> list[tuple[int, int]]:
        """Return `(points, bitmap)` of the patterns that suit one of the chosen axes, the most points first."""
        axes = [self.axis(facet, keys) for facet in SUITS if (keys := chosen.get(facet))]
        return ranked(axes, among=among)

    def surest_first(self, bits: int) -> Iterator[int]:
        """Yield places by confidence, the most stars first, then by title."""
        return chain.from_iterable(members(bits & each) for each in self.stars)

    def newest_first(self, bits: int) -> Iterator[int]:
        """Yield places by when they changed, the latest first."""
        truth = truths(bits)
        return (place for place in self.recent if place < len(truth) and truth[place])


def indexed(facts: Iterable[Facts], suits: Iterable[Suits]) -> FacetIndex:
    """Return the index of these patterns. A value too long to be chosen, or without a letter, is no value."""
    ordered = sorted(facts, key=lambda one: (title_key(one.title), one.title, one.pk))
    size = len(ordered)
    values = {facet: _values(facet, ordered) for facet in FACETS if facet not in SUITS}
    at = _levels(suits, {one.pk: place for place, one in enumerate(ordered)}, size)
    for axis in SUITS:
        values[axis] = {key: Value(key, label, anyone(each)) for (key, label), each in at[axis].items()}
    return FacetIndex(
        pks=array("q", (one.pk for one in ordered)),
        everything=(1 << size) - 1,
        values=values,
        levels={axis: {key: each for (key, _), each in found.items()} for axis, found in at.items()},
        stars=tuple(_with_stars(ordered, stars) for stars in (3, 2, 1)),
        recent=array("l", sorted(range(size), key=lambda at: (ordered[at].changed_at, ordered[at].pk), reverse=True)),
    )


def _values(facet: str, ordered: Sequence[Facts]) -> dict[str, Value]:
    at: dict[str, list[int]] = defaultdict(list)
    where = Facts._fields.index(facet)
    if facet == "category":
        for place, one in enumerate(ordered):
            for value in one[where]:
                at[value].append(place)
    else:
        for place, one in enumerate(ordered):
            at[one[where]].append(place)
    spellings: dict[str, dict[str, int]] = defaultdict(dict)
    for value, places in at.items():
        spellings[value if facet in EXACT else folded(value)][value] = len(places)
    return {
        key: Value(key, said(how), bitmap(chain.from_iterable(at[value] for value in how), size=len(ordered)))
        for key, how in spellings.items()
        if key and len(key) <= LONGEST and (facet in EXACT or is_word(key))
    }


def _levels(suits: Iterable[Suits], places: Mapping[int, int], size: int) -> dict[str, dict[tuple[str, str], Levels]]:
    """Return the levels of each axis by key and label; a name no pattern is worth anything for is left out."""
    at: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    spellings: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in suits:
        where = one.axis, folded(one.name)
        found = [places[pk] for pk in one.pks if pk in places]
        at[where][worth(one.score, one.level)] += found
        spellings[where][one.name] += len(found)
    made: dict[str, dict[tuple[str, str], Levels]] = {axis: {} for axis in SUITS}
    for (axis, key), worths in at.items():
        each = levels((value, bitmap(found, size=size)) for value, found in worths.items())
        if each and axis in made and key and len(key) <= LONGEST and is_word(key):
            made[axis][key, said(spellings[axis, key])] = each
    return made


def _with_stars(ordered: Sequence[Facts], stars: int) -> int:
    return bitmap((place for place, one in enumerate(ordered) if min(max(one.stars, 1), 3) == stars), size=len(ordered))
