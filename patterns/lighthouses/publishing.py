"""The only way a lighthouse written on this site becomes what everyone reads: one transaction, as for patterns."""

import hashlib

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from clm_site.jobs import Job, enqueue
from patterns import changes
from patterns.enums import ChangeKind, LibraryOrigin, PublicationState
from patterns.format import Document, facets, parse
from patterns.lighthouses.records import adopt, describe
from patterns.models import Lighthouse, Revision, User
from patterns.names import Names
from patterns.people import audit
from patterns.publishing import SITE_LICENSE, Unpublishable, site_library


def publish_new_lighthouse(*, source: str, author: User | None, by: User | None, message: str = "") -> Lighthouse:
    """Make a new lighthouse of `source` in this site's own library. Raises `Unpublishable`."""
    document = _readable(source)
    with transaction.atomic():
        lighthouse = Lighthouse(library=site_library(), slug=_free_address(document.slug or document.title))
        describe(lighthouse, document)
        lighthouse.save()
        _publish(lighthouse, document, author, by, message, action="published new lighthouse")
    return lighthouse


def publish_lighthouse(
    lighthouse: Lighthouse, *, source: str, author: User | None, by: User | None, message: str = ""
) -> Revision:
    """Make `source` the current text of `lighthouse` and return its new revision.

    The same text again changes nothing and returns the current one. Raises `Unpublishable`.
    """
    document = _readable(source)
    with transaction.atomic():
        return _publish(lighthouse, document, author, by, message, action="published lighthouse")


def _publish(
    lighthouse: Lighthouse, document: Document, author: User | None, by: User | None, message: str, *, action: str
) -> Revision:
    rows = Lighthouse.objects.select_for_update(of=("self",)).select_related("library", "current")
    locked = rows.get(pk=lighthouse.pk)
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    if locked.current and locked.current.sha256 == digest:
        return locked.current
    describe(locked, document)
    revision = _revision(locked, document, author, message, digest=digest)
    locked.current = revision
    locked.save()
    adopt(locked, document, Names.load(), library_id=locked.library_id)
    audit.note(
        by or author, action, target=locked, revision=revision.number, message=message[:500],
        author=author.pk if author else None,
    )  # fmt: skip
    if locked.state == PublicationState.PUBLISHED:
        changes.record(ChangeKind.LIGHTHOUSE_PUBLISHED, lighthouse=locked, revision=revision)
        enqueue(Job.FOLLOW_LIBRARY)
    lighthouse.refresh_from_db()
    return revision


def _revision(
    lighthouse: Lighthouse, document: Document, author: User | None, message: str, *, digest: str
) -> Revision:
    said, latest = facets(document), lighthouse.revisions.aggregate(Max("number"))["number__max"] or 0
    return Revision.objects.create(
        lighthouse=lighthouse,
        number=latest + 1,
        title=lighthouse.title,
        source=document.text,
        body_start=document.body_start,
        sha256=digest,
        front=dict(document.front),
        author=author,
        author_name=author.credit[:300] if author else "",
        origin=LibraryOrigin.SITE,
        license=(said.license or lighthouse.library.license or SITE_LICENSE)[:80],
        attribution=said.attribution or lighthouse.library.attribution,
        based_on=lighthouse.current,
        message=message[:500],
    )


def _readable(source: str) -> Document:
    document = parse(source)
    if not document.readable:
        raise Unpublishable("The text cannot be read as a lighthouse.", document.problems)
    if not document.title:
        raise Unpublishable("The lighthouse has no name.", document.problems)
    return document


def _free_address(name: str) -> str:
    stem = slugify(name)[:190] or "lighthouse"
    slug, number = stem, 2
    while Lighthouse.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug
