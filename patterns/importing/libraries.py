"""Decide which library an import is of, and what becomes of the libraries that are already there."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from patterns.enums import ChangeKind, LibraryOrigin, Provenance, PublicationState, RelationState
from patterns.importing.report import Report
from patterns.importing.sources import Source
from patterns.models import (
    Library,
    LibraryChange,
    Lighthouse,
    Pattern,
    Relation,
    Retirement,
    Revision,
    SourceFile,
    Submission,
)


class Mode(StrEnum):
    """What happens to the other libraries: `replace` retires what nobody touched, `beside` leaves them as they are."""

    REPLACE = "replace"
    BESIDE = "beside"


class NeedsModeError(ValueError):
    """Another library is already there and nobody said what should become of it; `titles` names those there."""

    def __init__(self, titles: list[str]) -> None:
        self.titles = titles
        there = " and ".join(f"“{title}”" for title in titles)
        super().__init__(
            f"This site already has the library {there}. Say --replace to retire what nobody has touched of it, "
            "or --beside to keep both."
        )


def open_library(source: Source, *, slug: str, mode: Mode | None, title: str = "") -> Library:
    """Return the library of `source`, made when new, and called `title` from now on where one is given.

    Raises `NeedsModeError` before anything is written.
    """
    known = Library.objects.filter(slug=slug).first()
    title = " ".join(title.split())[:200]
    if known and SourceFile.objects.filter(library=known).exists() and not _was_replaced(known):
        return _called(known, title)
    others = Library.objects.exclude(slug=slug).exclude(origin=LibraryOrigin.SITE)
    published = Pattern.objects.filter(library=OuterRef("pk"), state=PublicationState.PUBLISHED)
    there = list(others.filter(Exists(published)).values_list("title", flat=True))
    if there and mode is None:
        raise NeedsModeError(there)
    if known:
        return _called(known, title)
    starter = slug == "starter"
    return Library.objects.create(
        slug=slug,
        title=title or ("Starter library" if starter else slug.replace("-", " ").capitalize()),
        origin=LibraryOrigin.STARTER if starter else LibraryOrigin.IMPORTED,
        source=source.address,
    )


def retired_by_an_import(model: type[Pattern] | type[Lighthouse], files: QuerySet[SourceFile]) -> QuerySet[Any]:
    """What stands in `files` and an import retired; what a person took out left a `Retirement`, and stays out."""
    name = "pattern" if model is Pattern else "lighthouse"
    by_people = Retirement.objects.filter(**{name: OuterRef("pk")}, ended_at=None)
    found = model.objects.filter(pk__in=files.values(name), state=PublicationState.RETIRED).exclude(Exists(by_people))
    return found.filter(merged_into=None) if model is Pattern else found


def _was_replaced(library: Library) -> bool:
    """Whether an import retired some of it for another library: to import it again is to bring a library in."""
    files = SourceFile.objects.filter(library=library)
    return any(retired_by_an_import(model, files).exists() for model in (Pattern, Lighthouse))


def _called(library: Library, title: str) -> Library:
    if title and library.title != title:
        library.title = title
        library.save(update_fields=["title"])
    return library


def retire_others(library: Library, report: Report) -> None:
    """Retire what nobody touched of the starter and imported libraries other than `library`."""
    others = Q(library__origin__in=[LibraryOrigin.STARTER, LibraryOrigin.IMPORTED]) & ~Q(library=library)
    _retire(others, report)


def retire_vanished(library: Library, paths: Iterable[str], report: Report) -> None:
    """Retire what came from files that are no longer in the library, and forget the files."""
    gone = SourceFile.objects.filter(library=library, path__in=list(paths))
    patterns = list(gone.exclude(pattern=None).values_list("pattern_id", flat=True))
    lighthouses = list(gone.exclude(lighthouse=None).values_list("lighthouse_id", flat=True))
    with transaction.atomic():
        _retire(Q(pk__in=patterns), report, lighthouses=Q(pk__in=lighthouses))
        gone.delete()


def _retire(which: Q, report: Report, *, lighthouses: Q | None = None) -> None:
    by_people = Revision.objects.filter(Q(origin=LibraryOrigin.SITE) | ~Q(author=None))
    judged = Relation.objects.filter(Q(provenance=Provenance.REVIEWED) | Q(state=RelationState.REJECTED))
    patterns = (
        Pattern.objects.filter(which, state=PublicationState.PUBLISHED)
        .exclude(Exists(by_people.filter(pattern=OuterRef("pk"))))
        .exclude(Exists(judged.filter(source=OuterRef("pk"))))
        .exclude(Exists(judged.filter(target=OuterRef("pk"))))
        .exclude(Exists(Submission.objects.filter(pattern=OuterRef("pk"))))
    )
    places = Lighthouse.objects.filter(which if lighthouses is None else lighthouses).filter(
        state=PublicationState.PUBLISHED
    )
    places = places.exclude(Exists(by_people.filter(lighthouse=OuterRef("pk"))))
    with transaction.atomic():
        retired = list(patterns.values_list("pk", flat=True))
        closed = list(places.values_list("pk", flat=True))
        Pattern.objects.filter(pk__in=retired).update(state=PublicationState.RETIRED)
        Lighthouse.objects.filter(pk__in=closed).update(state=PublicationState.RETIRED)
        changes = [LibraryChange(kind=ChangeKind.PATTERN_RETIRED, pattern_id=pk) for pk in retired]
        changes += [LibraryChange(kind=ChangeKind.LIGHTHOUSE_RETIRED, lighthouse_id=pk) for pk in closed]
        LibraryChange.objects.bulk_create(changes, batch_size=500)
    report.retired += len(retired) + len(closed)
