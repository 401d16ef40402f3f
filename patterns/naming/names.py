"""Find the pattern a file means when it writes an id, a slug, a title, an alias, or an id it had before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Self

from django.utils.text import slugify

from patterns.enums import PublicationState
from patterns.models import MovedSlug, Pattern


class Rank(IntEnum):
    """How well a kind of name identifies a pattern; the lowest wins."""

    ID = 0
    SLUG = 1
    MOVED_SLUG = 2
    NESTED_ID = 3
    TITLE = 4
    ALIAS = 5


@dataclass
class Names:
    """Every name of every published pattern, in memory: a few MB for 3,600 patterns."""

    _entries: dict[str, set[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(set))
    stands_for: dict[int, int] = field(default_factory=dict)  # what merged patterns are part of now, by their ids

    @classmethod
    def load(cls) -> Self:
        names = cls()
        patterns = Pattern.objects.filter(state=PublicationState.PUBLISHED).only(
            "library_id", "uid", "slug", "file_slug", "title", "aliases", "nested_uids"
        )
        for pattern in patterns.iterator(chunk_size=2000):
            names.add(pattern)
        moved = MovedSlug.objects.filter(pattern__state=PublicationState.PUBLISHED)
        for slug, pattern_id, library_id in moved.values_list("slug", "pattern_id", "pattern__library_id"):
            names._entries[slug.casefold()].add((library_id, Rank.MOVED_SLUG, pattern_id))
        for merged, kept in _merged():
            names.stands_for[merged.pk] = kept
            for rank, name in all_names(merged):
                names._entries[name.casefold()].add((merged.library_id, max(rank, Rank.MOVED_SLUG), kept))
        return names

    def add(self, pattern: Pattern) -> None:
        """Learn the names of one pattern."""
        for rank, name in all_names(pattern):
            self._entries[name.casefold()].add((pattern.library_id, rank, pattern.pk))

    def find(self, names: Iterable[str], *, library_id: int | None, hint: str = "") -> int | None:
        """Return the id of the one pattern that one of `names` means, the first that means one.

        The library a reference was written in comes first, then the better kind of name. A name that several
        patterns share equally means none of them, unless `hint` (a title) tells them apart.
        """
        for name in names:
            entries = self._entries.get(name.strip().casefold())
            if not entries:
                continue
            order = [(library != library_id, rank) for library, rank, _ in entries]
            best = min(order)
            found = {pattern for (_, _, pattern), place in zip(entries, order, strict=True) if place == best}
            if len(found) > 1 and hint:
                hinted = {pattern for _, _, pattern in self._entries.get(hint.strip().casefold(), ())}
                found &= hinted
            if len(found) == 1:
                return found.pop()
        return None


def _merged() -> Iterable[tuple[Pattern, int]]:
    """Yield each pattern that became part of another, with the id of the published one that stands for it now."""
    merged = {one.pk: one for one in Pattern.objects.exclude(merged_into=None).select_related("merged_into").defer(
        "summary", "merged_into__summary"
    )}  # fmt: skip
    for one in merged.values():
        last = one
        while last.merged_into_id in merged:
            last = merged[last.merged_into_id]
        if last.merged_into.state == PublicationState.PUBLISHED:
            yield one, last.merged_into_id


def all_names(pattern: Pattern) -> Iterable[tuple[Rank, str]]:
    """Yield every name of `pattern` with its rank; files also write titles and aliases the way slugs are written."""
    yield from ((Rank.ID, pattern.uid), (Rank.SLUG, pattern.slug))
    if pattern.file_slug:
        yield Rank.SLUG, pattern.file_slug
    yield from ((Rank.NESTED_ID, uid) for uid in pattern.nested_uids)
    for rank, name in ((Rank.TITLE, pattern.title), *((Rank.ALIAS, alias) for alias in pattern.aliases)):
        yield rank, name.strip()
        if written := slugify(name):
            yield rank, written
