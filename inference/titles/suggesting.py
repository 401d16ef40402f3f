"""Suggests patterns and lighthouses for what somebody is typing: by title, alias and wording, slips forgiven.

The index is kept in the web process and made anew when the library's log has grown; no worker is asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from inference.titles.index import Entry, How, TitleIndex
from inference.titles.marks import marked
from inference.titles.ranking import HALF, MOST, PART, Match, rank
from inference.words.highlighting import Stretch
from patterns.following.kept import Kept
from patterns.naming.nearest import Near
from patterns.queries import front
from patterns.queries.facets import words
from patterns.queries.library import published, published_lighthouses

KINDS = ("pattern", "lighthouse")
LONGEST_WORDING = 80  # characters; what is longer is a sentence, not a name


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry that may be meant. `known_as` is the name that fitted, in stretches, where it is not the title.

    `how` says what that name is: `title`, `alias`, `slug` or `wording`.
    """

    kind: str
    slug: str
    title: str
    marked: tuple[Stretch, ...]
    known_as: tuple[Stretch, ...]
    how: str
    note: str
    address: str


def suggest(query: str, *, limit: int = MOST, kind: str = "") -> tuple[Suggestion, ...]:
    """At most `limit` entries that `query` may mean, best first; `kind` keeps to patterns or to lighthouses.

    One small query while the library stays as it is.
    """
    query = query.replace("\0", " ")
    if not query.strip():
        return ()
    return tuple(_suggestion(match, query) for match in rank(query, _index.get(), limit=limit, kind=kind))


def near(names: Sequence[str], *, limit: int, kind: str = "") -> list[tuple[Near, ...]]:
    """What `patterns.naming.nearest` offers for names of nothing: entries so called, slips aside.

    And those whose titles share half of what is said. A wording beside the title alone would look like a mistake.
    """
    index = _index.get() if names else None
    return [tuple(_near(name.replace("\0", " "), index, limit, kind)) for name in names]


def _near(name: str, index: TitleIndex, limit: int, kind: str) -> list[Near]:
    matches = rank(name, index, limit=3 * limit, kind=kind)
    entries = [match.name.entry for match in matches if _is_near(match)]
    return [Near(entry.kind, entry.slug, entry.title) for entry in entries[:limit]]


def _is_near(match: Match) -> bool:
    return match.fit <= HALF if match.name.how == How.TITLE else match.fit < PART and match.name.how != How.WORDING


def title_index() -> TitleIndex:
    """Every name of the library as it is now. One small query while it stays as it is."""
    return _index.get()


def forget() -> None:
    """Read the library anew at the next query."""
    _index.forget()
    _wordings.clear()


def _suggestion(match: Match, query: str) -> Suggestion:
    entry, how = match.name.entry, match.name.how
    named = how in {How.ALIAS, How.WORDING}
    return Suggestion(
        kind=entry.kind,
        slug=entry.slug,
        title=entry.title,
        marked=(Stretch(entry.title),) if named else marked(entry.title, query),
        known_as=marked(match.name.text, query) if named else (),
        how=how.name.lower(),
        note=entry.note,
        address=reverse(entry.kind, args=[entry.slug]),
    )


_wordings: dict[int, tuple[str, ...]] = {}  # of each revision; a revision never changes, so each is read once


def entries() -> list[Entry]:
    """Return every published lighthouse and pattern with all it may be called. A few queries."""
    return [*_lighthouses(), *_patterns()]


def _indexed() -> TitleIndex:
    return TitleIndex(entries())


def _lighthouses() -> Iterator[Entry]:
    rows = published_lighthouses().order_by("pk").values_list("pk", "slug", "title", "country")
    for pk, slug, title, country in rows:
        yield Entry("lighthouse", pk, slug, title, ((How.TITLE, title), (How.SLUG, slug)), country)


def _patterns() -> Iterator[Entry]:
    rows = list(published().order_by("pk").values_list("pk", "slug", "title", "aliases", "domain", "current_id"))
    _read_wordings({row[-1] for row in rows})
    for pk, slug, title, aliases, domain, revision in rows:
        names = (
            (How.TITLE, title),
            *((How.ALIAS, alias) for alias in aliases),
            (How.SLUG, slug),
            *((How.WORDING, wording) for wording in _wordings.get(revision, ())),
        )
        yield Entry("pattern", pk, slug, title, names, words(domain))


def _read_wordings(wanted: set[int]) -> None:
    for gone in _wordings.keys() - wanted:
        del _wordings[gone]
    new = published().order_by().exclude(current_id__in=list(_wordings)) if _wordings else published().order_by()
    for revision, labels in new.values_list("current_id", "current__front__context_labels"):
        said = (wording.title for wording in front.wordings({"context_labels": labels}))
        _wordings[revision] = tuple(one for one in said if len(one) <= LONGEST_WORDING)


_index = Kept(_indexed)
