"""The only way a lighthouse written on this site becomes what everyone reads: one transaction, as for patterns."""

from django.db import transaction
from django.utils.text import slugify

from patterns.format import Document, parse
from patterns.lighthouses.records import describe
from patterns.models import Lighthouse, MovedLighthouse, Revision, User
from patterns.people import audit
from patterns.publishing import Unpublishable, site_library
from patterns.publishing.lighthouse_texts import write
from patterns.publishing.revising import Credit


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
    before = lighthouse.current_id
    revision = write(lighthouse, document, Credit(author, by=by, message=message))
    if revision.pk != before:
        audit.note(
            by or author, action, target=lighthouse, revision=revision.number, message=message[:500],
            author=author.pk if author else None,
        )  # fmt: skip
    return revision


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
    while Lighthouse.objects.filter(slug=slug).exists() or MovedLighthouse.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug
