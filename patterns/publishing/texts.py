"""The only way a text becomes what everyone reads: one transaction for revision, facets, relations, audit and log.

Nothing here deletes a text, and nothing here asks who may: reviewers decide on submissions, curators act in the
modules beside this one.
"""

from django.db import transaction
from django.utils import timezone

from clm_site.jobs import Job, enqueue
from patterns.enums import ChangeKind, LibraryOrigin, Provenance, PublicationState, RelationState, Tier
from patterns.following import changes
from patterns.format import Document, parse
from patterns.models import Library, Pattern, Relation, Revision, User
from patterns.naming.addressing import free_address, move
from patterns.people import audit, notices
from patterns.publishing import guarding
from patterns.publishing.errors import Unpublishable
from patterns.publishing.revising import SITE_LICENSE, Credit, next_revision, says_the_same
from patterns.recording import relations
from patterns.recording.describing import describe


def publish(
    pattern: Pattern,
    *,
    source: str,
    author: User | None = None,
    author_name: str = "",
    message: str = "",
    origin: str = LibraryOrigin.SITE,
    based_on: Revision | None = None,
    by: User | None = None,
) -> Revision:
    """Make `source` (a whole file) the current text of `pattern` and return its new revision.

    With `by`, another person than the author, the pattern is at least silver and what the text newly says about
    relations counts as reviewed. The same text again changes nothing and returns the current revision. Raises
    `Unpublishable`.
    """
    credit = Credit(author, author_name, by, message, origin, based_on)
    with transaction.atomic():
        return write(pattern, readable(source), credit, reviewed=credit.reviewed, action="published pattern")


def publish_new(
    *,
    source: str,
    library: Library | None = None,
    author: User | None = None,
    author_name: str = "",
    message: str = "",
    origin: str = LibraryOrigin.SITE,
    by: User | None = None,
) -> Pattern:
    """Make a new pattern of `source` in `library` (this site's own when none is given). Raises `Unpublishable`."""
    credit = Credit(author, author_name, by, message, origin)
    document = readable(source)
    with transaction.atomic():
        pattern = Pattern(library=library or site_library(), slug=free_address(document.slug or document.title))
        describe(pattern, document)
        pattern.file_slug = document.slug[:200] if document.slug != pattern.slug else ""
        pattern.save()
        write(pattern, document, credit, reviewed=credit.reviewed, action="published new pattern")
    return pattern


def site_library() -> Library:
    """The library of what people write on this site."""
    known = {"title": "Written here", "origin": LibraryOrigin.SITE, "license": SITE_LICENSE}
    return Library.objects.get_or_create(slug="site", defaults=known)[0]


def write(pattern: Pattern, document: Document, credit: Credit, *, reviewed: bool, action: str) -> Revision:
    """Make `document` the current text of `pattern`, in the caller's transaction; the same text changes nothing."""
    locked = guarding.locked(pattern)
    if says_the_same(locked, document):
        return locked.current
    before = (locked.slug, locked.title, tuple(locked.aliases), locked.uid)
    move(locked, to=document.slug)
    describe(locked, document)
    earlier, revision = locked.current, next_revision(locked, document, credit)
    locked.current = revision
    if reviewed and locked.tier == Tier.BRONZE:
        locked.tier = Tier.SILVER
    locked.save()
    _reread(locked, document, credit, reviewed=reviewed)
    if before != (locked.slug, locked.title, tuple(locked.aliases), locked.uid) or revision.number == 1:
        relations.resolve([locked])
    # Whoever wrote an earlier text did not go back to it.
    actor = credit.by if action == "reverted pattern" else credit.by or credit.author
    audit.note(
        actor, action, target=locked, revision=revision.number, message=credit.message,
        author=credit.author.pk if credit.author else None,
    )  # fmt: skip
    _tell_writer_of(earlier, credit, url=locked.get_absolute_url())
    if locked.state == PublicationState.PUBLISHED:
        changes.record(ChangeKind.PATTERN_PUBLISHED, pattern=locked, revision=revision)
        enqueue(Job.FOLLOW_LIBRARY)
    pattern.refresh_from_db()
    return revision


def _tell_writer_of(earlier: Revision | None, credit: Credit, *, url: str) -> None:
    """Who wrote what stood there until now hears that somebody else changed it."""
    if earlier is not None and earlier.author is not None and earlier.author != credit.author:
        who = credit.by or credit.author
        notices.notify(earlier.author, kind="pattern_changed", url=url, actor=who, title=earlier.title)


def _reread(pattern: Pattern, document: Document, credit: Credit, *, reviewed: bool) -> None:
    """Follow the text's relations. What a reviewed text adds is approved; what it drops goes, save for rejections."""
    if not reviewed:
        relations.reread(pattern, document, credit={"suggested_by": credit.author})
        return
    known = {"suggested_by": credit.author, "decided_by": credit.by, "decided_at": timezone.now()}
    plan = relations.reread(
        pattern, document, provenance=Provenance.REVIEWED, state=RelationState.APPROVED, credit=known
    )
    dropped = [one.pk for one in plan.update if not one.stands_at and one.state == RelationState.APPROVED]
    Relation.objects.filter(pk__in=dropped).delete()


def readable(source: str) -> Document:
    """Return `source` parsed. Raises `Unpublishable`."""
    document = parse(source)
    if not document.readable:
        raise Unpublishable("The text cannot be read as a pattern.", document.problems)
    if not document.title:
        raise Unpublishable("The pattern has no title.", document.problems)
    return document
