"""Bring back what an earlier import retired for another library: an import publishes every file it reads."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from patterns.enums import ChangeKind, PublicationState
from patterns.importing.addresses import take_address
from patterns.importing.libraries import retired_by_an_import
from patterns.importing.lighthouse_files import take_back_address
from patterns.importing.run import Run
from patterns.models import LibraryChange, Lighthouse, Pattern, SourceFile
from patterns.recording.copying import copy_in

PUBLISHED = PublicationState.PUBLISHED


def bring_back(run: Run, paths: Collection[str]) -> None:
    """Publish again what stands in the files `paths` of the library and no person took out."""
    files = SourceFile.objects.filter(library=run.library, path__in=list(paths))
    with transaction.atomic():
        changes = [
            LibraryChange(kind=ChangeKind.PATTERN_PUBLISHED, pattern=one, revision_id=one.current_id)
            for one in _patterns(files, run)
        ]
        changes += [
            LibraryChange(kind=ChangeKind.LIGHTHOUSE_PUBLISHED, lighthouse=one, revision_id=one.current_id)
            for one in _lighthouses(files, run)
        ]
        copy_in(changes)
    run.report.returned += len(changes)


def _patterns(files: QuerySet[SourceFile], run: Run) -> list[Pattern]:
    paths = dict(files.exclude(pattern=None).values_list("pattern", "path"))
    found = list(retired_by_an_import(Pattern, files).order_by("pk"))
    for pattern in found:
        pattern.state = PUBLISHED
        take_address(pattern, paths[pattern.pk], run)
        run.names.add(pattern)
    Pattern.objects.bulk_update(found, ["state", "slug", "file_slug"], batch_size=500)
    return found


def _lighthouses(files: QuerySet[SourceFile], run: Run) -> list[Lighthouse]:
    paths = dict(files.exclude(lighthouse=None).values_list("lighthouse", "path"))
    found = list(retired_by_an_import(Lighthouse, files).select_related("current").order_by("pk"))
    for lighthouse in found:
        lighthouse.state = PUBLISHED
        take_back_address(lighthouse, paths[lighthouse.pk], run)
        lighthouse.save(update_fields=["state", "slug"])
    return found
