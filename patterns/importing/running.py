"""Import a whole library: look, decide, write in chunks, resolve, report. Each chunk that was written stays written."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.utils.text import slugify

from patterns.importing.context_files import import_context
from patterns.importing.finishing import finish, settle_vanished
from patterns.importing.known import Known
from patterns.importing.libraries import Mode, open_library, retire_others
from patterns.importing.lighthouse_files import import_lighthouses
from patterns.importing.pattern_files import import_patterns
from patterns.importing.reading import ReadFile, Seen, look, read
from patterns.importing.report import Report
from patterns.importing.returning import bring_back
from patterns.importing.run import Run
from patterns.importing.scanning import File, Kind, scan
from patterns.importing.sources import Source, opened
from patterns.naming.names import Names
from patterns.recording.relations import resolve_waiting

CHUNK = 200  # files a transaction: about 5 MB of text, lost and read again when the process is killed
LOCK = 0x636C6D01

Progress = Callable[[int, int], None]


class BusyError(RuntimeError):
    """Another import is writing to this site."""


class _RollBack(Exception):
    """Ends a dry run: everything was written, counted, and is taken back."""


def import_library(
    source: str | Path,
    *,
    mode: str | None = None,
    dry_run: bool = False,
    library: str | None = None,
    title: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import the library at `source`, a folder or a git address, and return what happened.

    `mode` is `replace` or `beside` where another library is already there; `library` names the library's slug
    where the source's own name is not wanted, and `title` what its readers see. `progress(done, total)` is called
    for files. A `dry_run` does all of it and takes it back. Raises `SourceError`, `NoLibraryError`,
    `NeedsModeError` and `BusyError`, each with a sentence for the operator; a bad file never raises.
    """
    started = time.monotonic()
    wanted = Mode(mode) if mode else None
    report = Report(dry_run=dry_run)
    with opened(source) as found, _alone():
        files, slug = scan(found.root), slugify(library or "")[:80] or found.slug
        if dry_run:
            try:
                with transaction.atomic():
                    _import(found, files, report, mode=wanted, slug=slug, title=title, progress=progress)
                    raise _RollBack
            except _RollBack:
                pass
        else:
            _import(found, files, report, mode=wanted, slug=slug, title=title, progress=progress)
    report.seconds = time.monotonic() - started
    return report


def _import(
    source: Source,
    files: Sequence[File],
    report: Report,
    *,
    mode: Mode | None,
    slug: str,
    title: str | None,
    progress: Progress | None,
) -> None:
    library = open_library(source, slug=slug, mode=mode, title=title or "")
    report.library, report.seen = library.slug, len(files)
    if mode is Mode.REPLACE:
        retire_others(library, report)
    run = Run(library=library, known=Known.load(library), names=Names.load(), report=report)
    changed = _changed(list(look(files)), run)
    done = len(files) - len(changed)
    for chunk in _read_ahead(_chunks(changed)):
        _import_chunk(chunk, run)
        done += len(chunk)
        if progress:
            progress(done, len(files))
    bring_back(run, {file.path for file in files})
    settle_vanished(files, run, mode)
    resolve_waiting(names=run.names)
    finish(run)


def _changed(seen: Sequence[Seen], run: Run) -> list[File]:
    """Return the files whose bytes are not what they were; the others are counted and keep their pattern."""
    run.known.uids_in_files.update(one.uid for one in seen if one.uid)
    changed = []
    for one in seen:
        before = run.known.files.get(one.file.path)
        if before is None or not one.sha256 or before.sha256 != one.sha256:
            changed.append(one.file)
            continue
        unread = before.unread and one.file.kind in {Kind.PATTERN, Kind.LIGHTHOUSE}
        run.report.unread += unread
        run.report.unchanged += not unread
        if before.pattern_id:
            run.known.claimed.add(before.pattern_id)
        for problem in before.problems:
            run.report.say(one.file.path, problem["reason"], line=problem["line"])
    for uid, count in sorted(run.known.uids_in_files.items()):
        if count > 1:
            paths = [one.file.path for one in seen if one.uid == uid]
            for path in paths:
                others = ", ".join(other for other in paths if other != path)
                run.report.say(
                    path, f"shares its id `{uid}` with {others}; a relation to that id resolves to none of them"
                )
    return changed


def _chunks(files: Sequence[File]) -> Iterator[list[File]]:
    """Yield stretches of files of one kind; patterns come first, so that the rest finds them."""
    for kind in Kind:
        same = [file for file in files if file.kind is kind]
        for start in range(0, len(same), CHUNK):
            yield same[start : start + CHUNK]


def _read_ahead(chunks: Iterable[list[File]]) -> Iterator[list[ReadFile]]:
    """Yield each chunk read, the next one being read meanwhile: parsing and PostgreSQL use a core each."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading") as reader:
        coming: Future[list[ReadFile]] | None = None
        for chunk in chunks:
            ready, coming = coming, reader.submit(_read_all, chunk)
            if ready:
                yield ready.result()
        if coming:
            yield coming.result()


def _read_all(chunk: Sequence[File]) -> list[ReadFile]:
    return [read(file) for file in chunk]


def _import_chunk(chunk: Sequence[ReadFile], run: Run) -> None:
    kind = chunk[0].file.kind
    if kind is Kind.PATTERN:
        import_patterns(chunk, run)
    elif kind is Kind.LIGHTHOUSE:
        import_lighthouses(chunk, run)
    else:
        for one in chunk:
            import_context(one, run)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the site's one import lock; PostgreSQL frees it when the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise BusyError("Another import is running on this site. Wait for it, then try again.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
