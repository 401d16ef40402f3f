"""Find what a reading page shows by its address: a pattern, one of its revisions, a lighthouse."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from patterns.enums import PublicationState
from patterns.models import Adoption, Lighthouse, MovedLighthouse, MovedSlug, Pattern, Revision


@dataclass(frozen=True, slots=True)
class Moved:
    """The address a pattern or lighthouse has now."""

    slug: str


def find_pattern(slug: str, *, merged: bool = False) -> Pattern | Moved | None:
    """Return the pattern at `slug` with its current revision and rendered copy, retired ones too. One query if found.

    One that became part of another has moved there, whatever happened to either since; with `merged` it is returned
    itself, for those who read its past. The revision's whole text is left in the database: `revision_html` reads it
    when there is no rendered copy.
    """
    pattern = (
        Pattern.objects.select_related("library", "current__rendering", "current__author")
        .defer("current__source")
        .filter(slug=slug, current__isnull=False)
        .first()
    )
    if pattern is None:
        moved = MovedSlug.objects.select_related("pattern").filter(slug=slug).first()
        return Moved(slug=(moved.pattern if merged else stands_for(moved.pattern)).slug) if moved else None
    if merged or pattern.merged_into_id is None:
        return pattern
    return Moved(slug=stands_for(pattern).slug)


def stands_for(pattern: Pattern) -> Pattern:
    """Return what `pattern` is part of now: itself, unless it was merged. One query for each merge on the way."""
    while pattern.merged_into_id is not None:
        pattern = pattern.merged_into
    return pattern


def find_lighthouse(slug: str) -> Lighthouse | Moved | None:
    """Return the lighthouse at `slug` with its current revision and rendered copy, retired too. One query if found."""
    found = (
        Lighthouse.objects.select_related("library", "current__rendering", "current__author")
        .defer("current__source")
        .filter(slug=slug, current__isnull=False)
        .first()
    )
    if found is not None:
        return found
    moved = MovedLighthouse.objects.select_related("lighthouse").filter(slug=slug).first()
    return Moved(slug=moved.lighthouse.slug) if moved else None


def find_revision(thing: Pattern | Lighthouse, number: int) -> Revision | None:
    """Return revision `number` of `thing` with its rendered copy. One query."""
    return thing.revisions.select_related("rendering", "author").filter(number=number).first()


def revisions_of(thing: Pattern | Lighthouse, *, before: int | None = None, limit: int = 100) -> list[Revision]:
    """Return the newest `limit` revisions of `thing`, older than `before` if given, without their texts. One query."""
    found = thing.revisions.select_related("author").defer("source", "front").order_by("-number")
    return list(found.filter(number__lt=before)[:limit] if before else found[:limit])


def revisions_numbered(thing: Pattern | Lighthouse, numbers: Iterable[int]) -> dict[int, Revision]:
    """Return those revisions of `thing` that there are, by their numbers, with their texts. One query."""
    found = thing.revisions.select_related("author").filter(number__in=set(numbers))
    return {revision.number: revision for revision in found}


def adoptions_of(pattern: Pattern) -> QuerySet[Adoption]:
    """Return where `pattern` is used, each lighthouse once. One query."""
    return (
        Adoption.objects.filter(pattern=pattern, lighthouse__state=PublicationState.PUBLISHED)
        .select_related("lighthouse")
        .order_by("lighthouse__title", "lighthouse_id", "position")
        .distinct("lighthouse__title", "lighthouse_id")
    )
