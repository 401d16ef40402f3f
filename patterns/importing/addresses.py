"""Decide under which address each imported pattern stands, and keep the addresses it had before."""

from collections.abc import Sequence

from patterns.importing.known import Holder, site_slug
from patterns.importing.run import Entry, Run
from patterns.models import MovedSlug, Pattern

BATCH = 500


def assign_slugs(entries: Sequence[Entry], run: Run) -> None:
    """Give new and renamed patterns the address their file asks for, or one beside it; old addresses redirect."""
    moved: list[MovedSlug] = []
    for entry in entries:
        pattern, path = entry.pattern, entry.read.file.path
        wanted = site_slug(entry.read.file_slug, path)
        if not entry.new and wanted == site_slug(pattern.file_slug or pattern.slug, path):
            continue
        old = pattern.slug
        slug, holder = run.known.free_slug(wanted)
        if holder:
            _clash(wanted, slug, holder, path, run)
        if not entry.new:
            moved.append(MovedSlug(slug=old, pattern=pattern))
            run.known.taken[old] = Holder(0, run.library.pk, retired=True)
            run.report.say(path, f"moved here from the address “{old}”, which now leads here")
        pattern.slug = slug
        run.known.taken[slug] = Holder(pattern.pk, run.library.pk, retired=False)
    moved = [one for one in moved if not run.known.taken[one.slug].pattern_id]  # a newcomer may have taken it
    if moved:
        MovedSlug.objects.bulk_create(
            moved, update_conflicts=True, unique_fields=["slug"], update_fields=["pattern"], batch_size=BATCH
        )


def take_address(pattern: Pattern, path: str, run: Run) -> None:
    """Give a pattern (unsaved) that comes back the address of its file, if nothing published has it by now."""
    wanted = site_slug(pattern.file_slug or pattern.slug, path)
    slug, holder = run.known.free_slug(wanted) if wanted != pattern.slug else (wanted, None)
    if slug == wanted != pattern.slug:
        if holder:
            _clash(wanted, slug, holder, path, run)
        run.known.taken.pop(pattern.slug, None)
        pattern.slug = slug
    pattern.file_slug = "" if (pattern.file_slug or wanted) == pattern.slug else pattern.file_slug
    run.known.taken[pattern.slug] = Holder(pattern.pk, run.library.pk, retired=False)


def _clash(wanted: str, slug: str, holder: Holder, path: str, run: Run) -> None:
    """Say that an address was taken, and have a retired or moved holder give it up."""
    if slug != wanted:
        run.report.say(path, f"the address “{wanted}” belongs to another pattern; this one stands at “{slug}”")
    elif holder.pattern_id:
        left, number = f"{wanted[:180]}-retired", 2
        while left in run.known.taken:
            left, number = f"{wanted[:180]}-retired-{number}", number + 1
        given_up = Pattern.objects.filter(pk=holder.pattern_id)
        given_up.filter(file_slug="").update(file_slug=wanted)  # what its file goes on saying
        given_up.update(slug=left)
        run.known.taken[left] = holder
        run.report.say(path, f"takes the address “{wanted}” over from a retired pattern, now at “{left}”")
    else:
        MovedSlug.objects.filter(slug=wanted).delete()
