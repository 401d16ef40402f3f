"""Write lighthouses, their revisions and the patterns they say they use."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify

from patterns.enums import ChangeKind, LibraryOrigin, PublicationState
from patterns.format import facets
from patterns.importing.file_records import keep_files
from patterns.importing.reading import ReadFile
from patterns.importing.run import Run
from patterns.lighthouses.records import adopt, describe
from patterns.models import LibraryChange, Lighthouse, Revision


def import_lighthouses(read_files: Sequence[ReadFile], run: Run) -> None:
    """Import lighthouse files in one transaction; there are few, so each is written by itself."""
    with transaction.atomic():
        written = {}
        for one in read_files:
            if one.document.readable and one.document.title:
                written[one.file.path] = _import(one, run).pk
        keep_files(read_files, run, lighthouses=written)


def _import(one: ReadFile, run: Run) -> Lighthouse:
    before = run.known.files.get(one.file.path)
    lighthouse = Lighthouse.objects.filter(pk=before.lighthouse_id).first() if before else None
    new = lighthouse is None
    if new:
        lighthouse = Lighthouse(library=run.library, slug=_slug(one, run))
    current = lighthouse.current
    edited = bool(current) and current.origin == LibraryOrigin.SITE
    if not edited:
        describe(lighthouse, one.document)
        lighthouse.save()
    if not current or current.sha256 != one.sha256:
        revision = _revision(lighthouse, one, run)
        if edited:
            reason = f"changed here and in the library; the library's text is kept as revision {revision.number}"
            run.report.say(one.file.path, reason)
        else:
            lighthouse.current = revision
            lighthouse.save(update_fields=["current"])
    if not edited:
        adopt(lighthouse, one.document, run.names, library_id=run.library.pk)
        if lighthouse.state == PublicationState.PUBLISHED:
            LibraryChange.objects.create(
                kind=ChangeKind.LIGHTHOUSE_PUBLISHED, lighthouse=lighthouse, revision=lighthouse.current
            )
    if new:
        run.report.imported += 1
    else:
        run.report.updated += 1
    return lighthouse


def _revision(lighthouse: Lighthouse, one: ReadFile, run: Run) -> Revision:
    said = facets(one.document)
    latest = lighthouse.revisions.order_by("-number").first()
    return Revision.objects.create(
        lighthouse=lighthouse,
        number=latest.number + 1 if latest else 1,
        title=lighthouse.title,
        source=one.document.text,
        body_start=one.document.body_start,
        sha256=one.sha256,
        front=one.document.front,
        author_name=", ".join(said.authors)[:300],
        origin=run.origin,
        license=(said.license or run.library.license)[:80],
        attribution=said.attribution or run.library.attribution,
        based_on=lighthouse.current,
        message="Changed in the library it was imported from" if latest else "Imported",
    )


def _slug(one: ReadFile, run: Run) -> str:
    """Return a free address; a retired lighthouse of another library gives its own up."""
    wanted = slugify(one.file_slug)[:100] or "lighthouse"
    holder = Lighthouse.objects.filter(slug=wanted).first()
    if holder is None:
        return wanted
    if _gives_up(holder, wanted, one.file.path, run):
        return wanted
    slug = _free(f"{wanted}-{run.library.slug}")
    run.report.say(one.file.path, f"the address “{wanted}” belongs to another lighthouse; this one stands at “{slug}”")
    return slug


def take_back_address(lighthouse: Lighthouse, path: str, run: Run) -> None:
    """Give a lighthouse (unsaved) that comes back the address of its file, if nothing published has it by now."""
    named = lighthouse.current.front.get("slug") if lighthouse.current else ""
    wanted = slugify(str(named or path.rsplit("/", 1)[-1].rsplit(".", 1)[0]))[:100]
    holder = Lighthouse.objects.filter(slug=wanted).exclude(pk=lighthouse.pk).first()
    if wanted and (holder is None or _gives_up(holder, wanted, path, run)):
        lighthouse.slug = wanted


def _gives_up(holder: Lighthouse, wanted: str, path: str, run: Run) -> bool:
    """Whether a retired lighthouse of another library has left the address to the file at `path`."""
    if holder.state != PublicationState.RETIRED or holder.library_id == run.library.pk:
        return False
    holder.slug = _free(f"{wanted}-retired")
    holder.save(update_fields=["slug"])
    run.report.say(path, f"takes the address “{wanted}” over from a retired lighthouse")
    return True


def _free(stem: str) -> str:
    slug, number = stem, 2
    while Lighthouse.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug
