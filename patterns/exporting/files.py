"""The files of a library as they are now: path, bytes, and what became of each since it was imported."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from patterns.enums import LibraryOrigin, PublicationState, RelationState
from patterns.exporting.relations import with_relations
from patterns.models import Library, Lighthouse, Pattern, Relation, Revision, SourceFile

PATTERNS, LIGHTHOUSES = "patterns/_patterns", "lighthouses/_lighthouses"


class Fate(StrEnum):
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    AUTHORED = "authored"
    UNREAD = "unread"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class OutFile:
    """One file to write; `note` says what a person should know about it."""

    path: str
    content: bytes
    fate: Fate
    note: str = ""


def paths_of(library: Library) -> list[str]:
    """Return the paths of the files that the library was imported from."""
    return list(SourceFile.objects.filter(library=library).order_by("path").values_list("path", flat=True))


def files_of(library: Library) -> Iterator[OutFile]:
    """Yield every file of `library`: those it was imported from, then those of what this site wrote."""
    added = _relations_added_here(library)
    rows = SourceFile.objects.filter(library=library).select_related("pattern__current", "lighthouse__current")
    rows = rows.defer("pattern__current__front", "lighthouse__current__front").order_by("path")
    for row in rows.iterator(chunk_size=100):
        thing = row.pattern or row.lighthouse
        if thing is None or (row.raw is not None and thing.current.origin != LibraryOrigin.SITE):
            if row.raw is not None:
                yield OutFile(row.path, bytes(row.raw), Fate.CONTEXT if row.path.endswith(".json") else Fate.UNREAD)
        elif thing.state == PublicationState.PUBLISHED:
            relations = added.get(row.pattern_id, []) if row.pattern_id else []
            yield _current(row.path, thing.current, relations, imported=row.sha256)
    yield from _authored(library, added)


def _current(path: str, revision: Revision, relations: list[Relation], *, imported: str) -> OutFile:
    text, note = with_relations(revision.source, relations)
    unchanged = revision.sha256 == imported and text == revision.source
    return OutFile(path, text.encode(), Fate.UNCHANGED if unchanged else Fate.CHANGED, note)


def _authored(library: Library, added: dict[int, list[Relation]]) -> Iterator[OutFile]:
    """Yield what has no file yet, in the folders the library keeps its files in."""
    files = SourceFile.objects.filter(library=library)
    for model, field, usual in ((Pattern, "pattern", PATTERNS), (Lighthouse, "lighthouse", LIGHTHOUSES)):
        first = files.exclude(**{field: None}).values_list("path", flat=True).first()
        folder = first.rpartition("/")[0] if first else usual
        with_file = files.exclude(**{field: None}).values(field)
        things = model.objects.filter(library=library, state=PublicationState.PUBLISHED).exclude(pk__in=with_file)
        for thing in things.exclude(current=None).select_related("current").order_by("slug").iterator(chunk_size=100):
            name = getattr(thing, "file_slug", "") or thing.slug
            path = f"{folder}/{name}.md" if folder else f"{name}.md"
            text, note = with_relations(thing.current.source, added.get(thing.pk, []) if model is Pattern else [])
            yield OutFile(path, text.encode(), Fate.AUTHORED, note)


def _relations_added_here(library: Library) -> dict[int, list[Relation]]:
    """Return, by pattern, the approved relations that stand in no file."""
    rows = Relation.objects.filter(source__library=library, stands_at="", state=RelationState.APPROVED)
    by_pattern: dict[int, list[Relation]] = defaultdict(list)
    for relation in rows.exclude(target=None).select_related("target").order_by("pk"):
        by_pattern[relation.source_id].append(relation)
    return by_pattern
