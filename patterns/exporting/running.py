"""Export one library into a folder, or each of several into a folder of its own."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from patterns.enums import PublicationState
from patterns.exporting.files import files_of, paths_of
from patterns.exporting.folder import ExportError, Folder
from patterns.exporting.report import Report
from patterns.models import Library, Lighthouse, Pattern

Progress = Callable[[int, int], None]


def export_library(directory: str | Path, *, library: str | None = None, progress: Progress | None = None) -> Report:
    """Write the library with the slug `library`, or all of them, to `directory` and return what was written.

    A single library is laid out in `directory` itself; several get a folder each. Raises `ExportError` with a
    sentence for the operator, before anything is written, when the folder is not ours to write to.
    """
    started = time.monotonic()
    libraries = _chosen(library)
    root = Path(directory).expanduser()
    report = Report(directory=str(directory), libraries=[each.slug for each in libraries])
    folder = Folder(root, notes=Path(settings.CLM_HOME) / "exports")
    prefixes = [f"{each.slug}/" if len(libraries) > 1 else "" for each in libraries]
    with transaction.atomic():  # one state of the site, whatever is published meanwhile
        planned = [prefix + path for each, prefix in zip(libraries, prefixes, strict=True) for path in paths_of(each)]
        folder.plan(planned)
        for each, prefix in zip(libraries, prefixes, strict=True):
            _write(each, prefix, folder, report, total=len(planned), progress=progress)
    folder.close()
    report.seconds = time.monotonic() - started
    return report


def _write(
    library: Library, prefix: str, folder: Folder, report: Report, *, total: int, progress: Progress | None
) -> None:
    fates: Counter[str] = Counter()
    for one in files_of(library):
        path, number = prefix + one.path, 2
        while folder.has(path):
            path, number = f"{prefix}{one.path.removesuffix('.md')}-{number}.md", number + 1
        folder.write(path, one.content)
        fates[one.fate] += 1
        if one.note:
            report.say(path, one.note)
        if progress:
            progress(report.written + fates.total(), total)
    for fate, count in fates.items():
        setattr(report, fate, getattr(report, fate) + count)


def _chosen(slug: str | None) -> Sequence[Library]:
    if slug:
        library = Library.objects.filter(slug=slug).first()
        if library is None:
            there = ", ".join(Library.objects.order_by("slug").values_list("slug", flat=True)) or "none"
            raise ExportError(f"There is no library “{slug}”. There are: {there}.")
        return [library]
    alive = Exists(Pattern.objects.filter(library=OuterRef("pk"), state=PublicationState.PUBLISHED)) | Exists(
        Lighthouse.objects.filter(library=OuterRef("pk"), state=PublicationState.PUBLISHED)
    )
    libraries = list(Library.objects.filter(alive).order_by("slug"))
    if not libraries:
        raise ExportError("There is nothing to export: this site has no published pattern.")
    return libraries


__all__ = ["ExportError", "export_library"]
