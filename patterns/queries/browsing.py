"""What a visitor asked the browse page for, read from its address and written back into others. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol
from urllib.parse import urlencode

from patterns.faceting.index import EXACT, FACETS, LONGEST, SUITS
from patterns.faceting.spelling import folded

SORTS: Final = ("title", "recent", "confidence", "suited")
MOST_VALUES: Final = 50  # of one facet; more than anyone chooses by hand


class Query(Protocol):
    """A query string whose keys may repeat, as Django's QueryDict."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Browsing:
    """The chosen keys of each facet, an order, and a page (`0` when the address asks for something that is no page).

    Keys of one facet mean *either*, facets mean *both*. They are kept in one order, so two addresses that ask for the
    same list have the same canonical address. `unread` says that a part of the address could mean nothing.
    """

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "title"
    page: int = 1
    unread: bool = field(default=False, compare=False)

    @classmethod
    def from_query(cls, query: Query) -> "Browsing":
        """Read a query string; values that can mean nothing are left out."""
        chosen, unread = {}, False
        for facet in FACETS:
            written = query.getlist(facet)
            keys = {key for value in written[:MOST_VALUES] if (key := key_of(facet, value))}
            unread = unread or len(written) > MOST_VALUES or any(not key_of(facet, value) for value in written if value)
            if keys:
                chosen[facet] = tuple(sorted(keys))
        sort = (query.getlist("sort") or ["title"])[-1]
        if sort not in SORTS:
            sort, unread = "title", True
        browsing = cls(chosen=chosen, sort=sort, page=page_number(query.getlist("page")), unread=unread)
        return browsing if sort != "suited" or browsing.suits else replace(browsing, sort="title")

    @property
    def key(self) -> str:
        """A text that two lists share when they hold the same patterns in the same order on the same page."""
        return repr((sorted(self.chosen.items()), self.sort, self.page, self.unread))

    @property
    def suits(self) -> bool:
        """Whether an archetype, a stage or a sector is chosen."""
        return any(axis in self.chosen for axis in SUITS)

    @property
    def depth(self) -> int:
        """How many values are chosen."""
        return sum(map(len, self.chosen.values()))

    def adding(self, facet: str, key: str) -> "Browsing":
        """Return the first page of this list with `key` allowed too."""
        return self._with(facet, {*self.chosen.get(facet, ()), key})

    def removing(self, facet: str, key: str) -> "Browsing":
        """Return the first page of this list without `key`."""
        return self._with(facet, {*self.chosen.get(facet, ())} - {key})

    def address(self, *, sort: str | None = None, page: int = 1) -> str:
        """Return the query string of this list, always written the same way; `?` for the whole library."""
        parts = [(facet, key) for facet in FACETS for key in self.chosen.get(facet, ())]
        if (sort := sort or self.sort) != "title":
            parts.append(("sort", sort))
        if page > 1:
            parts.append(("page", str(page)))
        return "?" + urlencode(parts)

    def _with(self, facet: str, keys: set[str]) -> "Browsing":
        chosen = {**self.chosen, facet: tuple(sorted(keys))}
        changed = replace(self, chosen={name: chosen[name] for name in FACETS if chosen.get(name)}, page=1)
        return changed if changed.sort != "suited" or changed.suits else replace(changed, sort="title")


def key_of(facet: str, value: str) -> str:
    """Return the key a written value means; nothing for one that can mean none."""
    if len(value) > LONGEST:
        return ""
    key = value.strip() if facet in EXACT else folded(value)
    return key if len(key) <= LONGEST and key.isprintable() else ""


def page_number(written: list[str]) -> int:
    """Return the last page number written, 1 where there is none, 0 for what is no page number."""
    text = written[-1] if written else "1"
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 7 else 0
