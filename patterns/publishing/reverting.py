"""Publish an earlier text again. History only grows: going back is one more revision, credited to whoever wrote it."""

from django.db import transaction
from django.utils.translation import gettext as _

from patterns.enums import PublicationState
from patterns.models import Lighthouse, Pattern, Revision, User
from patterns.people import audit
from patterns.publishing import lighthouse_texts, texts
from patterns.publishing.errors import Refused, Unpublishable
from patterns.publishing.guarding import locked, require_curator, require_seen


def revert(
    thing: Pattern | Lighthouse,
    *,
    to: Revision,
    by: User | None = None,
    message: str = "",
    reason: str = "",
    seen: str | None = None,
) -> Revision:
    """Publish the text of an earlier revision again, as a new one credited to its author.

    It is no review: the tier stays, and what the text says of relations is no better founded than before. Nobody puts
    a text of their own back over somebody else's. Raises a `PublishingError`.
    """
    require_curator(by)
    if thing.pk != (to.pattern_id if isinstance(thing, Pattern) else to.lighthouse_id):
        raise Unpublishable(_("That revision belongs to something else."))
    with transaction.atomic():
        row = locked(thing)
        require_seen(row, seen)
        _may(row, to=to, by=by)
        said = reason.strip()
        message = message or (f"Back to revision {to.number}: {said}" if said else f"Back to revision {to.number}")
        credit = texts.Credit(to.author, to.author_name, by, message, to.origin, to)
        if isinstance(row, Pattern):
            revision = texts.write(thing, texts.readable(to.source), credit, reviewed=False, action="reverted pattern")
        else:
            revision = lighthouse_texts.write(thing, texts.readable(to.source), credit)
            audit.note(by, "reverted lighthouse", target=row, revision=revision.number, message=message)
    return revision


def _may(row: Pattern | Lighthouse, *, to: Revision, by: User | None) -> None:
    if row.state != PublicationState.PUBLISHED:
        raise Refused(_("It is taken out of the library. Bring it back first, then go back to an earlier text."))
    if by is not None and to.author_id == by.pk and row.current.author_id != by.pk:
        raise Refused(
            _("You wrote that revision, and somebody else wrote what stands now. Ask another curator to go back to it.")
        )
