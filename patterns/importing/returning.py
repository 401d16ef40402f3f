"""Bring back what an earlier import retired for another library: an import publishes every file it reads.

What a person took out stays out; that leaves a `Retirement`, which an import does not write.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from patterns.enums import ChangeKind, PublicationState
from patterns.importing.addresses import take_address
from patterns.importing.run import Run
from patterns.models import LibraryChange, Lighthouse, Pattern, Retirement, SourceFile
from patterns.recording.copying import copy_in

RETIRED, PUBLISHED = PublicationState.RETIRED, PublicationState.PUBLISHED


def bring_back(run: Run, paths: Collection[str]) -> None:
    """Publish again what stands in the files `paths` of the library and no person took out."""
    files = SourceFile.objects.filter(library=run.library, path__in=list(paths))
    with transaction.atomic():
        patterns = _patterns(files, run)
        lighthouses = list(_retired_by_an_import(Lighthouse, files, "lighthouse").values_list("pk", flat=True))
        Lighthouse.objects.filter(pk__in=lighthouses).update(state=PUBLISHED)
        currents = dict(Lighthouse.objects.filter(pk__in=lighthouses).values_list("pk", "current"))
        changes = [
            LibraryChange(kind=ChangeKind.PATTERN_PUBLISHED, pattern=one, revision_id=one.current_id)
            for one in patterns
        ]
        changes += [
            LibraryChange(kind=ChangeKind.LIGHTHOUSE_PUBLISHED, lighthouse_id=pk, revision_id=current)
            for pk, current in currents.items()
        ]
        copy_in(changes)
    run.report.returned += len(changes)


def _patterns(files: QuerySet[SourceFile], run: Run) -> list[Pattern]:
    paths = dict(files.exclude(pattern=None).values_list("pattern", "path"))
    found = list(_retired_by_an_import(Pattern, files, "pattern").filter(merged_into=None).order_by("pk"))
    for pattern in found:
        pattern.state = PUBLISHED
        take_address(pattern, paths[pattern.pk], run)
        run.names.add(pattern)
    Pattern.objects.bulk_update(found, ["state", "slug", "file_slug"], batch_size=500)
    return found


def _retired_by_an_import(
    model: type[Pattern] | type[Lighthouse], files: QuerySet[SourceFile], name: str
) -> QuerySet[Pattern] | QuerySet[Lighthouse]:
    by_people = Retirement.objects.filter(**{name: OuterRef("pk")}, ended_at=None)
    return model.objects.filter(pk__in=files.values(name), state=RETIRED).exclude(Exists(by_people))
