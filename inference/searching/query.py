"""What a visitor asked the search page for, read from its address and written back into others. Pure."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from patterns.queries.browsing import Browsing, Query

LONGEST: Final = 400  # characters of a query that are read


@dataclass(frozen=True, slots=True)
class Searching(Browsing):
    """Words, the chosen keys of each facet of browsing, and a page; `cut` says that not all of the words were read."""

    words: str = ""
    cut: bool = False

    @classmethod
    def from_query(cls, query: Query) -> "Searching":
        """Read a query string; values that can mean nothing are left out."""
        read = Browsing.from_query(query)
        words = " ".join((query.getlist("q") or [""])[-1].replace("\0", " ").split())
        return cls(
            chosen=read.chosen,
            page=read.page or 1,
            unread=read.unread,
            words=words[:LONGEST],
            cut=len(words) > LONGEST,
        )

    def address(self, *, sort: str | None = None, page: int = 1) -> str:  # noqa: ARG002 - a search has one order
        """Return the query string of this search, always written the same way."""
        parts = [("q", self.words), *((facet, key) for facet, keys in self.chosen.items() for key in keys)]
        return "?" + urlencode([*parts, *([("page", str(page))] if page > 1 else [])])
