"""Close an import: what became of files that are gone, what the library now has, and who must hear of it."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from clm_site.jobs import Job, enqueue
from patterns.importing.libraries import Mode, retire_vanished
from patterns.importing.report import relation_sums
from patterns.importing.run import Run
from patterns.importing.scanning import File
from patterns.models import Library, Lighthouse, Relation, SourceFile, Suitability


def settle_vanished(files: Sequence[File], run: Run, mode: Mode | None) -> None:
    """Files the library no longer has: what they brought stays and is said, or is retired on `--replace`."""
    here = {file.path for file in files}
    gone = set(run.known.files) - here
    still = {state.pattern_id for path, state in run.known.files.items() if path in here}
    renamed = {path for path in gone if run.known.files[path].pattern_id in still - {None}}
    SourceFile.objects.filter(library=run.library, path__in=renamed).delete()
    if mode is Mode.REPLACE:
        retire_vanished(run.library, gone - renamed, run.report)
    for path in sorted(gone - renamed):
        became = "what it brought is retired" if mode is Mode.REPLACE else "what it brought stays; --replace retires it"
        run.report.say(path, f"is no longer in the library; {became}")


def finish(run: Run) -> None:
    """Name the library after what its files say, count what it now has, and wake the followers of the log."""
    library, report = run.library, run.report
    rows = Relation.objects.filter(library=library).values_list("kind")
    resolved = Q(source__isnull=False, target__isnull=False)
    sums = rows.annotate(both=Count("pk", filter=resolved), whole=Count("pk")).order_by("kind")
    flat = [row for kind, both, whole in sums for row in ((kind, True, both), (kind, False, whole - both))]
    report.relations = relation_sums(flat)
    report.lighthouses = Lighthouse.objects.filter(library=library).count()
    report.suitability = Suitability.objects.filter(library=library).count()
    with transaction.atomic():
        _credit(library)
        if report.imported or report.updated or report.retired or report.returned:
            enqueue(Job.FOLLOW_LIBRARY)


def _credit(library: Library) -> None:
    """Keep the licence and attribution most of the library's patterns name."""
    library.imported_at = timezone.now()
    for field in ("license", "attribution"):
        named = library.patterns.exclude(**{f"current__{field}": ""}).values_list(f"current__{field}")
        most = named.annotate(times=Count("pk")).order_by("-times").first()
        if most and not getattr(library, field):
            setattr(library, field, most[0])
    library.save(update_fields=["imported_at", "license", "attribution"])
