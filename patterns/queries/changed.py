"""What changed in the library, newest first, told as people would: one line for an edit, one for a whole import."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from patterns.enums import ChangeKind, LibraryOrigin, PublicationState
from patterns.models import Library, LibraryChange, PatternMerge, Revision
from patterns.queries.acts import AT_MOST, RENAMED, Act, by_change
from patterns.queries.acts_told import others, relations_decided, tiers_changed, verb_of
from patterns.queries.changes import Change, urn
from patterns.texts.sections import split

FOLDED: Final = 5  # more than so many alike, of one library on one day, are told as one
MOST: Final = 50
PASSED_OVER: Final = 20  # changes more that are read, for those that are told with another
_PUBLISHED: Final = (ChangeKind.PATTERN_PUBLISHED, ChangeKind.LIGHTHOUSE_PUBLISHED)
_RETIRED: Final = (ChangeKind.PATTERN_RETIRED, ChangeKind.LIGHTHOUSE_RETIRED)


def changed(*, domains: Sequence[str] = (), limit: int = MOST, before: datetime | None = None) -> tuple[Change, ...]:
    """Return the last `limit` changes, of patterns in `domains` where any are named, and earlier than `before`.

    What was published is told only while it still is. Twelve queries at most.
    Decisions about relations belong to no domain.
    """
    rows = _rows(domains)
    if before is not None:
        rows = rows.filter(at__lt=before)
    single = list(_single(rows)[: limit + PASSED_OVER])
    found = [*_folded(rows, limit), *_told(single, limit), *tiers_changed(domains, before=before, limit=limit)]
    if not domains:
        found += relations_decided(before=before, limit=limit)
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
        .select_related(
            "pattern__library", "pattern__merged_into", "lighthouse__library", "revision__author", "revision__based_on"
        )
        .defer("revision__source", "revision__front", "revision__based_on__source", "revision__based_on__front")
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
            id=urn(f"clm:changes:{library.slug}:{verb}:{row['day']}"),
            patterns=row["patterns"],
            lighthouses=row["lighthouses"],
            library=library.title,
        )


def _told(rows: list[LibraryChange], limit: int) -> Iterator[Change]:
    acts = by_change(rows)
    merges = _of_merges(rows)
    rows = [row for row in rows if row.pk not in merges and not _only_moved(row, acts.get(row.pk))][:limit]
    titles = others(list(acts.values()))
    sections = _changed_sections([row.revision for row in rows if row.revision and row.revision.number > 1])
    for row in rows:
        of, revision, act = row.pattern or row.lighthouse, row.revision, acts.get(row.pk)
        verb, other = _what(row, act)
        other = titles.get(other, other) if verb == "parted" else other
        by_author = act is None and row.by_hand and not row.again
        yield Change(
            verb=verb,
            thing="pattern" if row.pattern else "lighthouse",
            title=of.title,
            address=of.get_absolute_url(),
            at=row.at,
            id=urn(f"clm:change:{row.pk}:{row.at.isoformat()}"),
            number=revision.number if revision else 0,
            library=of.library.title,
            who=act.who if act else (_credit(revision) if by_author else ""),
            message=act.reason if act else (revision.message if by_author else ""),
            summary="" if row.retired else (of.summary if row.pattern else of.tagline),
            domain=row.pattern.domain if row.pattern else "",
            license=revision.license if revision else "",
            other=other,
            sections=sections.get(revision.pk, ()) if revision and verb in {"changed", "reverted"} else (),
        )


def _credit(revision: Revision) -> str:
    return revision.author.credit if revision.author else revision.author_name


def _what(row: LibraryChange, act: Act | None) -> tuple[str, str]:
    """Name what happened, and the other thing, name or number it is told with."""
    into = row.pattern.merged_into if row.pattern and row.retired else None
    if into is not None:
        return "merged", into.title
    if row.retired:
        return "retired", ""
    if act is not None:
        return verb_of(act, reverted_to=row.revision.based_on)
    return ("returned" if row.again else "new" if row.first else "changed"), ""


def _only_moved(row: LibraryChange, act: Act | None) -> bool:
    """Whether the text is published again only because its address changed; the renaming itself is told."""
    return bool(row.again and act and act.action in RENAMED)


def _of_merges(rows: Sequence[LibraryChange]) -> set[int]:
    """The revisions that gave a pattern names of one it took in, or took them back; the merge itself is told.

    One query, none where no message reads so.
    """
    texts = [row for row in rows if row.pattern_id and not row.retired and _is_of_a_merge(row.revision.message)]
    if not texts:
        return set()
    merges = PatternMerge.objects.filter(kept__in={row.pattern_id for row in texts})
    moments = [(kept, at) for kept, *both in merges.values_list("kept", "at", "ended_at") for at in both if at]
    return {
        row.pk for row in texts if any(kept == row.pattern_id and abs(at - row.at) <= AT_MOST for kept, at in moments)
    }


def _is_of_a_merge(message: str) -> bool:
    return message.startswith(("Merged with “", "The merge with “"))


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
