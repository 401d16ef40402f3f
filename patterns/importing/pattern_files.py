"""Write one chunk of pattern files: patterns, revisions, relations, file records and changes, in one transaction."""

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from patterns.enums import ChangeKind, LibraryOrigin, PublicationState
from patterns.format import facets
from patterns.importing.addresses import assign_slugs
from patterns.importing.file_records import keep_files
from patterns.importing.reading import ReadFile
from patterns.importing.run import Entry, Run
from patterns.models import LibraryChange, Pattern, Revision
from patterns.recording.copying import copy_in
from patterns.recording.describing import describe
from patterns.recording.relations import Reread, plan_reread, standing_in_file, write

FACET_FIELDS = (
    "uid", "nested_uids", "slug", "file_slug", "title", "aliases", "summary", "stars", "domain", "categories",
    "commons_domains", "lifecycle_status", "universality", "current", "changed_at",
)  # fmt: skip


def import_patterns(read_files: Sequence[ReadFile], run: Run) -> None:
    """Import a chunk in one transaction; a file that cannot be imported is kept, with its reason, and reported."""
    readable = [one for one in read_files if _importable(one)]
    with transaction.atomic():
        entries = _identify(readable, run)
        assign_slugs(entries, run)
        _make_revisions(entries, run)
        _write(entries, run)
        _write_relations(entries, run)
        keep_files(read_files, run, patterns={entry.read.file.path: entry.pattern.pk for entry in entries})


def _importable(one: ReadFile) -> bool:
    return one.document.readable and bool(one.document.title or one.document.uid)


def _identify(readable: Sequence[ReadFile], run: Run) -> list[Entry]:
    """Find the pattern each file is, or begin a new one."""
    ids = [run.known.identify(one.file.path, uid=one.document.uid, file_slug=one.file_slug) for one in readable]
    known = (
        Pattern.objects.select_related("current")
        .defer("current__source", "current__front")
        .in_bulk([pk for pk in ids if pk])
    )
    fresh = iter(_reserve("patterns_pattern", ids.count(None)))
    entries = []
    for one, pk in zip(readable, ids, strict=True):
        pattern = known[pk] if pk else Pattern(pk=next(fresh), library=run.library)
        entries.append(Entry(one, pattern, new=not pk))
    return entries


def _make_revisions(entries: Sequence[Entry], run: Run) -> None:
    """Give each entry the revision its file calls for, if any, and copy the facets of what becomes current."""
    old = [entry.pattern.pk for entry in entries if not entry.new]
    numbers = dict(Revision.objects.filter(pattern__in=old).values_list("pattern").annotate(Max("number")))
    fresh = iter(_reserve("patterns_revision", len(entries)))
    for entry in entries:
        pattern, current = entry.pattern, None if entry.new else entry.pattern.current
        if current and current.sha256 == entry.read.sha256:
            _describe(entry)
            continue
        entry.revision = _revision(entry, run, pk=next(fresh), number=numbers.get(pattern.pk, 0) + 1)
        edited = bool(current) and current.origin == LibraryOrigin.SITE
        entry.replaces = not edited
        if edited:
            reason = (
                "changed here and in the library; this site's text stays, the library's is kept as revision "
                f"{entry.revision.number}"
            )
            run.report.say(entry.read.file.path, reason)
            continue
        _describe(entry)
        pattern.current_id = entry.revision.pk
        if pattern.state == PublicationState.RETIRED:
            run.report.say(entry.read.file.path, "is retired on this site; its new text is kept, not shown")


def _revision(entry: Entry, run: Run, *, pk: int, number: int) -> Revision:
    document = entry.read.document
    said = facets(document)
    return Revision(
        pk=pk,
        pattern_id=entry.pattern.pk,
        number=number,
        title=_title(entry.read),
        source=document.text,
        body_start=document.body_start,
        sha256=entry.read.sha256,
        front=document.front,
        author_name=", ".join(said.authors)[:300],
        origin=run.origin,
        license=(said.license or run.library.license)[:80],
        attribution=said.attribution or run.library.attribution,
        based_on_id=None if entry.new else entry.pattern.current_id,
        message="Imported" if number == 1 else "Changed in the library it was imported from",
    )


def _describe(entry: Entry) -> None:
    pattern = entry.pattern
    describe(pattern, entry.read.document)
    pattern.title = _title(entry.read)
    pattern.file_slug = entry.read.file_slug if entry.read.file_slug != pattern.slug else ""
    pattern.changed_at = timezone.now()


def _write(entries: Sequence[Entry], run: Run) -> None:
    new = [entry.pattern for entry in entries if entry.new]
    changed = [entry.pattern for entry in entries if not entry.new]
    revised = [entry for entry in entries if entry.revision]
    if changed:  # first, so that an address a pattern moved away from is free for a new one
        Pattern.objects.bulk_update(changed, FACET_FIELDS, batch_size=100)
    copy_in(new)  # its revision follows; the key is checked at commit
    copy_in([entry.revision for entry in revised])
    copy_in(
        [
            LibraryChange(
                kind=ChangeKind.PATTERN_PUBLISHED, pattern=entry.pattern, revision_id=entry.pattern.current_id
            )
            for entry in entries
            if entry.replaces and entry.pattern.state == PublicationState.PUBLISHED
        ]
    )
    for entry in entries:
        run.known.remember(entry.pattern.pk, uid=entry.pattern.uid, file_slug=entry.read.file_slug)
        if entry.pattern.state == PublicationState.PUBLISHED:
            run.names.add(entry.pattern)
    run.report.imported += len(new)
    run.report.updated += len(changed)


def _write_relations(entries: Sequence[Entry], run: Run) -> None:
    entries = [entry for entry in entries if entry.replaces]
    standing = standing_in_file([entry.pattern for entry in entries if not entry.new])
    whole = Reread()
    changes = []
    for entry in entries:
        plan = plan_reread(
            entry.pattern, entry.read.document.references, standing.get(entry.pattern.pk, ()),
            names=run.names, provenance=run.provenance, state=run.relation_state,
        )  # fmt: skip
        whole.create += plan.create
        whole.update += plan.update
        whole.delete += plan.delete
        if plan.changed:
            changes.append(LibraryChange(kind=ChangeKind.RELATIONS_CHANGED, pattern=entry.pattern))
    write(whole)
    copy_in(changes)


def _title(one: ReadFile) -> str:
    return (one.document.title or one.file_slug.replace("-", " "))[:300]


def _reserve(table: str, count: int) -> list[int]:
    """Take `count` ids from a table's sequence, so that rows can point at each other before either is written."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row[0] for row in cursor.fetchall()]
