"""What changed in the library, newest first, told as people would: one line for an edit, one for a whole import."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from patterns.enums import ChangeKind, LibraryOrigin, PublicationState
from patterns.models import Library, LibraryChange, Revision
from patterns.texts.sections import split

FOLDED: Final = 5  # more than so many alike, of one library on one day, are told as one
MOST: Final = 50
_PUBLISHED: Final = (ChangeKind.PATTERN_PUBLISHED, ChangeKind.LIGHTHOUSE_PUBLISHED)
_RETIRED: Final = (ChangeKind.PATTERN_RETIRED, ChangeKind.LIGHTHOUSE_RETIRED)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one thing (a `pattern` or a `lighthouse`), or to many of one library on one day.

    `verb` is new, changed, returned, retired or merged, `into` what it was merged into. For many, `thing` is empty,
    `title` is the library's and `patterns` and `lighthouses` say how many. `who` and `message` are empty where no
    person of this site did it. `sections` are the headings whose text changed.
    """

    verb: str
    thing: str
    title: str
    address: str
    at: datetime
    id: str
    patterns: int = 0
    lighthouses: int = 0
    number: int = 0
    library: str = ""
    who: str = ""
    message: str = ""
    summary: str = ""
    domain: str = ""
    license: str = ""
    sections: tuple[str, ...] = ()
    into: str = ""

    @property
    def many(self) -> bool:
        return not self.thing


def changed(*, domains: Sequence[str] = (), limit: int = MOST, before: datetime | None = None) -> tuple[Change, ...]:
    """Return the last `limit` changes, of patterns in `domains` where any are named, and earlier than `before`.

    What was published is told only while it still is. Four queries at most.
    """
    rows = _rows(domains)
    if before is not None:
        rows = rows.filter(at__lt=before)
    single = list(_single(rows)[:limit])
    found = [*_folded(rows, limit), *_told(single)]
    return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:limit])


def last_change() -> datetime | None:
    """Return when the library last changed. One query."""
    return LibraryChange.objects.order_by("-id").values_list("at", flat=True).first()


def _rows(domains: Sequence[str]) -> QuerySet[LibraryChange]:
    """The log as told: what was published and still is, and what was retired and still is."""
    there, away = PublicationState.PUBLISHED, PublicationState.RETIRED
    is_there = Q(pattern__state=there) | Q(lighthouse__state=there)
    is_away = Q(pattern__state=away) | Q(lighthouse__state=away)
    rows = LibraryChange.objects.filter(
        Q(is_there, kind__in=_PUBLISHED, revision__isnull=False) | Q(is_away, kind__in=_RETIRED)
    )
    if domains:
        rows = rows.filter(pattern__domain__in=domains)
    return rows.annotate(
        library=Coalesce("pattern__library", "lighthouse__library"),
        day=TruncDate("at"),
        retired=Q(kind__in=_RETIRED),
        first=Coalesce(Q(revision__number=1), False),
        by_hand=Q(revision__origin=LibraryOrigin.SITE, kind__in=_PUBLISHED),
    )


_ALIKE: Final = ("library", "day", "retired", "first")


def _single(rows: QuerySet[LibraryChange]) -> QuerySet[LibraryChange]:
    alike = Window(Count("pk"), partition_by=[*map(F, _ALIKE), F("by_hand")])
    before = LibraryChange.objects.filter(revision=OuterRef("revision"), kind=OuterRef("kind"), pk__lt=OuterRef("pk"))
    return (
        rows.annotate(alike=alike, again=Exists(before))
        .filter(Q(by_hand=True) | Q(alike__lte=FOLDED))
        .select_related("pattern__library", "pattern__merged_into", "lighthouse__library", "revision__author")
        .defer("revision__source", "revision__front")
        .order_by("-at", "-pk")
    )


def _folded(rows: QuerySet[LibraryChange], limit: int) -> Iterator[Change]:
    alike = rows.filter(by_hand=False).values(*_ALIKE)
    counted = alike.annotate(n=Count("pk"), patterns=Count("pattern"), lighthouses=Count("lighthouse"), last=Max("at"))
    libraries = Library.objects.in_bulk()
    for row in counted.filter(n__gt=FOLDED).order_by("-last")[:limit]:
        library = libraries[row["library"]]
        verb = "retired" if row["retired"] else "new" if row["first"] else "changed"
        yield Change(
            verb=verb,
            thing="",
            title=library.title,
            address=f"{reverse('browse')}?{urlencode({'library': library.slug})}",
            at=row["last"],
            id=_urn(f"clm:changes:{library.slug}:{verb}:{row['day']}"),
            patterns=row["patterns"],
            lighthouses=row["lighthouses"],
            library=library.title,
        )


def _told(rows: list[LibraryChange]) -> Iterator[Change]:
    sections = _changed_sections([row.revision for row in rows if row.revision and row.revision.number > 1])
    for row in rows:
        of, revision = row.pattern or row.lighthouse, row.revision
        into = row.pattern.merged_into if row.pattern and row.retired else None
        verb = (
            "merged"
            if into
            else "retired"
            if row.retired
            else "returned"
            if row.again
            else "new"
            if row.first
            else "changed"
        )
        yield Change(
            verb=verb,
            thing="pattern" if row.pattern else "lighthouse",
            title=of.title,
            address=of.get_absolute_url(),
            at=row.at,
            id=_urn(f"clm:change:{row.pk}:{row.at.isoformat()}"),
            number=revision.number if revision else 0,
            library=of.library.title,
            who=(revision.author.credit if revision.author else revision.author_name) if row.by_hand else "",
            message=revision.message if row.by_hand else "",
            summary="" if row.retired else (of.summary if row.pattern else of.tagline),
            domain=row.pattern.domain if row.pattern else "",
            license=revision.license if revision else "",
            into=into.title if into else "",
            sections=sections.get(revision.pk, ()) if revision and verb == "changed" else (),
        )


def _changed_sections(revisions: list[Revision]) -> dict[int, tuple[str, ...]]:
    """The headings whose text is new or another than in the revision before, by revision. One query."""
    wanted = Q(pk__in=[])
    for one in revisions:
        wanted |= Q(pattern=one.pattern_id, lighthouse=one.lighthouse_id, number__in=[one.number, one.number - 1])
    texts = {
        (pattern, lighthouse, number): _texts(source[start:])
        for pattern, lighthouse, number, source, start in Revision.objects.filter(wanted).values_list(
            "pattern", "lighthouse", "number", "source", "body_start"
        )
    }
    found = {}
    for one in revisions:
        of = (one.pattern_id, one.lighthouse_id)
        before, after = texts.get((*of, one.number - 1), {}), texts.get((*of, one.number), {})
        found[one.pk] = tuple(title for title, text in after.items() if title and before.get(title) != text)
    return found


def _texts(body: str) -> dict[str, str]:
    return {section.name: body[section.start : section.end].strip() for section in split(body)}


def _urn(name: str) -> str:
    """An id that stays when the site moves to another address (RFC 4122, section 4.3)."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
