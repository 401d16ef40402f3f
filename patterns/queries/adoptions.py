"""What one lighthouse says it uses: what names a pattern here, what does not, and who else uses the same."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from patterns.lighthouses.telling import Teller
from patterns.models import Adoption, Lighthouse, Pattern
from patterns.naming.nearest import Near, nearest_each
from patterns.queries.library import published, published_lighthouses

PERHAPS: Final = 2  # titles offered where a name is not in the library
MOST_ASKED: Final = 40  # names for which such titles are looked for
MOST_OTHERS: Final = 8
MOST_READ: Final = 2_000  # adoptions of other lighthouses


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern of this library that a lighthouse uses. `reference` is its own word for it, where that is another."""

    pattern: Pattern
    reference: str
    told: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that no pattern here has. `perhaps` are the nearest titles: offered, never asserted."""

    reference: str
    told: str
    perhaps: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another lighthouse, and the titles of the patterns that both use."""

    slug: str
    title: str
    country: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """Everything a lighthouse says it uses, in its order, apart by whether the library has it."""

    known: tuple[Used, ...]
    missing: tuple[Missing, ...]
    others: tuple[Other, ...]


def uses_of(lighthouse: Lighthouse) -> Uses:
    """Return what `lighthouse`, with its current revision's text, uses. Three queries, and one for near titles."""
    rows = list(lighthouse.adoptions.order_by("position", "pk").values_list("reference", "pattern_id"))
    readable = published().only("slug", "title", "summary", "tier", "stars", "aliases")
    patterns = readable.in_bulk({pattern for _, pattern in rows if pattern})
    teller = Teller(lighthouse.current.body, title=lighthouse.title)
    known: dict[int, Used] = {}
    missing: dict[str, str] = {}
    for reference, number in rows:
        pattern = patterns.get(number)
        if pattern is None:
            missing.setdefault(reference.casefold(), reference)
        elif number not in known:
            told = teller.told([reference, pattern.title, *pattern.aliases])
            differs = reference.casefold() != pattern.title.casefold()
            known[number] = Used(pattern, reference if differs else "", told)
    return Uses(tuple(known.values()), _missing(list(missing.values()), teller), _others(lighthouse, known))


def _missing(references: list[str], teller: Teller) -> tuple[Missing, ...]:
    perhaps = nearest_each(references[:MOST_ASKED], limit=PERHAPS, kind="pattern")
    each = zip_longest(references, perhaps, fillvalue=())
    return tuple(Missing(reference, teller.told([reference]), near) for reference, near in each)


def _others(lighthouse: Lighthouse, known: dict[int, Used]) -> tuple[Other, ...]:
    """Return the lighthouses that share most patterns with this one. One query."""
    rows = (
        Adoption.objects.filter(pattern__in=list(known), lighthouse__in=published_lighthouses())
        .exclude(lighthouse=lighthouse)
        .order_by("lighthouse__title", "lighthouse_id", "position")
        .values_list("lighthouse__slug", "lighthouse__title", "lighthouse__country", "pattern_id")[:MOST_READ]
    )
    shared: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for slug, title, country, pattern in rows:
        shared[slug, title, country][known[pattern].pattern.title] = None
    others = (Other(*who, tuple(titles)) for who, titles in shared.items())
    return tuple(sorted(others, key=lambda other: -len(other.shared))[:MOST_OTHERS])
