"""What the search page shows: the entries found, narrowed by facets whose counts are true of them, page by page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse

from inference.searching.query import Searching
from inference.searching.search import find
from inference.types import Evidence, Results
from inference.words.highlighting import Stretch, excerpt
from patterns.faceting.bitmaps import bitmap
from patterns.models import Pattern
from patterns.queries.facet_index import Kept
from patterns.queries.facets import LABELS, Facet, facets, value_label
from patterns.queries.library import published

FOUND: Final = 60  # entries a search shows at most
PAGE: Final = 10


@dataclass(frozen=True, slots=True)
class Found:
    """One entry: the sentence of its best passage, marked, and the pattern's facts (none for a lighthouse)."""

    evidence: Evidence
    excerpt: tuple[Stretch, ...]
    pattern: Pattern | None
    address: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value; `address` takes it back, and `without` entries would then be listed."""

    facet: str
    label: str
    address: str
    without: int


@dataclass(frozen=True, slots=True)
class FindingPage:
    """One page of a search.

    `total` entries were found that have every chosen facet, `everything` whatever their facets. `further` are entries
    that have the facets and stand farther from the words; they close the last page. `nearest` are what lies nearest
    where nothing was found at all.
    """

    total: int
    everything: int
    page: int
    pages: int
    found: tuple[Found, ...]
    further: tuple[Found, ...]
    nearest: tuple[Found, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    words_only: bool

    @property
    def exists(self) -> bool:
        return self.page <= self.pages

    @property
    def is_cut(self) -> bool:
        """Whether only the best of what was found are shown."""
        return self.everything >= FOUND


def finding_page(searching: Searching, kept: Kept) -> FindingPage:
    """Search, and once more among what has the chosen facets. Two queries beside those of searching."""
    whole = find(searching.words, limit=FOUND, one_each=True)
    narrow = find(searching.words, limit=FOUND, filters=searching.chosen, one_each=True) if searching.chosen else whole
    patterns = _patterns(whole, narrow)
    among = _among(kept, (patterns[one.slug].pk for one in whole.evidence if _is_known(one, patterns)))
    admitted = _admitted(whole.evidence, searching, among, patterns)
    pages = max(1, -(-len(admitted) // PAGE))
    first = (searching.page - 1) * PAGE
    listed = {one.slug for one in admitted}
    further = [one for one in narrow.evidence if one.slug not in listed] if searching.chosen else []

    def shown(some: Iterable[Evidence]) -> tuple[Found, ...]:
        return tuple(_found(one, searching.words, patterns) for one in some)

    return FindingPage(
        total=len(admitted),
        everything=len(whole.evidence),
        page=searching.page,
        pages=pages,
        found=shown(admitted[first : first + PAGE]),
        further=shown(further[:PAGE]) if searching.page == pages else (),
        nearest=shown(whole.nearest),
        facets=facets(searching, among) if whole.evidence else (),
        chips=tuple(_chips(searching, among)),
        words_only=whole.words_only or narrow.words_only,
    )


def _patterns(*results: Results) -> dict[str, Pattern]:
    slugs = {one.slug for each in results for one in (*each.evidence, *each.nearest) if one.kind == "pattern"}
    rows = published().filter(slug__in=slugs).only("slug", "title", "summary", "tier", "stars", "domain")
    return {pattern.slug: pattern for pattern in rows}


def _among(kept: Kept, pks: Iterable[int]) -> Kept:
    """The facets of these patterns alone."""
    wanted = set(pks)
    places = [place for place, pk in enumerate(kept.index.pks) if pk in wanted]
    return replace(kept, index=replace(kept.index, everything=bitmap(places, size=len(kept.index.pks))))


def _admitted(
    evidence: Sequence[Evidence], searching: Searching, among: Kept, patterns: dict[str, Pattern]
) -> list[Evidence]:
    """What has every chosen facet, in the order it was found; a lighthouse has none."""
    if not searching.chosen:
        return list(evidence)
    matching = among.index.matching(searching.chosen)
    pks = {pk for place, pk in enumerate(among.index.pks) if matching >> place & 1}
    return [one for one in evidence if _is_known(one, patterns) and patterns[one.slug].pk in pks]


def _is_known(one: Evidence, patterns: dict[str, Pattern]) -> bool:
    return one.kind == "pattern" and one.slug in patterns


def _found(one: Evidence, words: str, patterns: dict[str, Pattern]) -> Found:
    address = reverse(one.kind, args=[one.slug]) + (f"#{one.anchor}" if one.anchor else "")
    pattern = patterns.get(one.slug) if one.kind == "pattern" else None
    return Found(one, excerpt(one.text, words), pattern, address)


def _chips(searching: Searching, among: Kept) -> Iterable[Chip]:
    for facet, keys in searching.chosen.items():
        for key in keys:
            without = searching.removing(facet, key)
            count = among.index.matching(without.chosen).bit_count()
            yield Chip(str(LABELS[facet]), value_label(facet, key, among), without.address(), count)
