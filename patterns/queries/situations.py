"""The situation a constellation is drawn for, read from its address and written back. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from patterns.faceting.index import SUITS
from patterns.queries.browsing import Query, key_of, page_number


@dataclass(frozen=True, slots=True)
class Situation:
    """At most one key for each axis (archetype, stage, sector), and a page, `0` for what is no page."""

    named: Mapping[str, str] = field(default_factory=dict)
    page: int = 1
    unread: bool = field(default=False, compare=False)

    @classmethod
    def from_query(cls, query: Query) -> "Situation":
        """Read a query string. Of several values for one axis the first counts; `unread` says that others did not."""
        named, unread = {}, False
        for axis in SUITS:
            written = [value for value in query.getlist(axis) if value.strip()]
            keys = list(filter(None, (key_of(axis, value) for value in written[:2])))
            unread = unread or len(keys) != len(written) or len(written) > 1
            if keys:
                named[axis] = keys[0]
        return cls(named=named, page=page_number(query.getlist("page")), unread=unread)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The same as choices of facets."""
        return {axis: (key,) for axis, key in self.named.items()}

    @property
    def key(self) -> str:
        """A text that two situations share when their pages are the same."""
        return repr((sorted(self.named.items()), self.page, self.unread))

    def address(self, *, page: int = 1) -> str:
        """Return the query string of this situation, always written the same way; `?` for none."""
        parts = [(axis, self.named[axis]) for axis in SUITS if axis in self.named]
        if page > 1:
            parts.append(("page", str(page)))
        return "?" + urlencode(parts)
