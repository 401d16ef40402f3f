"""Makes a text what everyone reads of a lighthouse: the one way for what was accepted, renamed or put back."""

from django.utils.text import slugify

from clm_site.jobs import Job, enqueue
from patterns.enums import ChangeKind, PublicationState
from patterns.following import changes
from patterns.format import Document
from patterns.lighthouses.records import adopt, describe
from patterns.models import Lighthouse, MovedLighthouse, Revision
from patterns.naming.names import Names
from patterns.publishing import guarding
from patterns.publishing.revising import Credit, next_revision, says_the_same


def write(lighthouse: Lighthouse, document: Document, credit: Credit) -> Revision:
    """Make `document` the current text of `lighthouse`, in the caller's transaction; the same text changes nothing."""
    locked = guarding.locked(lighthouse)
    if says_the_same(locked, document):
        return locked.current
    describe(locked, document)
    locked.current = next_revision(locked, document, credit)
    locked.save()
    if adopt(locked, document, Names.load(), library_id=locked.library_id):
        changes.record(ChangeKind.RELATIONS_CHANGED, lighthouse=locked)
    if locked.state == PublicationState.PUBLISHED:
        changes.record(ChangeKind.LIGHTHOUSE_PUBLISHED, lighthouse=locked, revision=locked.current)
        enqueue(Job.FOLLOW_LIBRARY)
    lighthouse.refresh_from_db()
    return locked.current


def move(lighthouse: Lighthouse, *, to: str) -> None:
    """Give a locked `lighthouse` (unsaved) another address that is free; the old one leads here from now on."""
    old, lighthouse.slug = lighthouse.slug, to
    MovedLighthouse.objects.filter(slug=to).delete()
    MovedLighthouse.objects.update_or_create(slug=old, defaults={"lighthouse": lighthouse})
    lighthouse.save(update_fields=["slug"])


def holder_of(slug: str, *, but_for: Lighthouse) -> Lighthouse | None:
    """Return the other lighthouse that stands, or stood, at the address `slug`."""
    found = Lighthouse.objects.filter(slug=slug).exclude(pk=but_for.pk).first()
    moved = MovedLighthouse.objects.select_related("lighthouse").filter(slug=slug).exclude(lighthouse=but_for).first()
    return found or (moved.lighthouse if moved else None)


def address_in(text: str) -> str:
    """Return `text` as a lighthouse's address can be written."""
    return slugify(text)[:200]
