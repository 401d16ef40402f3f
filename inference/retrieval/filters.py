"""Narrows a search to patterns with chosen facets, the same as browsing has, and the same for every searcher."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from patterns.faceting.bitmaps import members
from patterns.faceting.index import FACETS
from patterns.queries.browsing import key_of
from patterns.queries.facet_index import kept_index
from patterns.queries.library import published_lighthouses

KINDS: Final = ("pattern", "lighthouse")


@dataclass(frozen=True)
class Narrowing:
    """What a search may find: of the patterns these (None: any), and lighthouses or not."""

    patterns: frozenset[int] | None
    lighthouses: bool

    @property
    def is_empty(self) -> bool:
        return not self.lighthouses and self.patterns is not None and not self.patterns

    def admits(self, owner: str) -> bool:
        """Whether `p12` or `l3` may be found."""
        if owner[0] == "l":
            return self.lighthouses
        return self.patterns is None or int(owner[1:]) in self.patterns

    @cached_property
    def only(self) -> frozenset[str] | None:
        """The names of everything that may be found, where that is a list; else None."""
        if self.patterns is None:
            return None
        houses = self._houses if self.lighthouses else ()
        return frozenset([*(f"p{pk}" for pk in self.patterns), *houses])

    @cached_property
    def without(self) -> frozenset[str]:
        """The names of what may not be found, where `only` is no list."""
        return frozenset(() if self.lighthouses or self.patterns is not None else self._houses)

    @property
    def _houses(self) -> list[str]:
        return [f"l{pk}" for pk in published_lighthouses().values_list("pk", flat=True)]


def narrowing(filters: Mapping[str, Any] | None) -> Narrowing | None:
    """What `filters` admit, None for everything. Unknown keys and empty values narrow nothing.

    Keys are the facets of browsing, each with one value or several of which one must hold; spellings that browsing
    takes for one value are one here. `kind` is `pattern` or `lighthouse`. A lighthouse has no facets.
    """
    given = filters or {}
    chosen = {facet: keys for facet in FACETS if (keys := _keys(facet, given.get(facet)))}
    kind = given.get("kind") if given.get("kind") in KINDS else ""
    if not chosen:
        return Narrowing(frozenset() if kind == "lighthouse" else None, kind == "lighthouse") if kind else None
    if kind == "lighthouse":
        return Narrowing(frozenset(), lighthouses=False)
    index = kept_index().index
    return Narrowing(frozenset(index.pks[place] for place in members(index.matching(chosen))), lighthouses=False)


def _keys(facet: str, value: Any) -> Collection[str]:
    """The keys one filter names; a value that can mean nothing is kept, so that it finds nothing."""
    written = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    return tuple(key_of(facet, each) or each for each in written if isinstance(each, str) and each)
