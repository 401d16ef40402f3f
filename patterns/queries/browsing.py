"""What a visitor asked the browse page for, read from its address and written back into others. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

FACETS: Final = ("domain", "category", "tier", "status", "library")
SORTS: Final = ("title", "recent", "confidence")
LONGEST: Final = 120  # characters of a facet's value


@dataclass(frozen=True, slots=True)
class Browsing:
    """One value per chosen facet, an order, and a page (`0` when the address asks for something that is no page)."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = "title"
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Browsing":
        """Read a query string; values that can mean nothing are left out."""
        chosen = {}
        for facet in FACETS:
            value = (query.get(facet) or "").strip()
            if value and len(value) <= LONGEST and value.isprintable():
                chosen[facet] = value
        sort = query.get("sort", "")
        return cls(chosen=chosen, sort=sort if sort in SORTS else "title", page=_page(query.get("page", "1")))

    @property
    def key(self) -> str:
        """A text that two lists share when they hold the same patterns."""
        return repr(sorted(self.chosen.items()))

    def address(self, *, sort: str | None = None, page: int = 1, **changes: str | None) -> str:
        """Return the query string of this list with `changes` made to its facets; `None` removes one."""
        chosen = {**self.chosen, **changes}
        parts = [(facet, chosen[facet]) for facet in FACETS if chosen.get(facet)]
        sort = sort or self.sort
        if sort != "title":
            parts.append(("sort", sort))
        if page > 1:
            parts.append(("page", str(page)))
        return "?" + urlencode(parts) if parts else "?"


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 7 else 0
