"""Take a pattern or lighthouse out of the library, and bring it back. Nothing is deleted; both happen once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clm_site.jobs import Job, enqueue
from patterns.enums import ChangeKind, PublicationState
from patterns.following import changes
from patterns.models import Lighthouse, Pattern, Retirement, User
from patterns.people import audit, notices
from patterns.publishing.errors import Refused
from patterns.publishing.guarding import lock, locked, require_curator, require_reason, require_seen
from patterns.recording import relations

RETIRED, PUBLISHED = PublicationState.RETIRED, PublicationState.PUBLISHED


def retire(
    thing: Pattern | Lighthouse,
    *,
    actor: User | None,
    reason: str,
    successor: Pattern | None = None,
    seen: str | None = None,
) -> bool:
    """Take `thing` out of the library; its address then says why and leads on to `successor`, a published pattern.

    True when this call did it: retiring twice is retiring once. Raises a `PublishingError`.
    """
    require_curator(actor)
    said = require_reason(reason) if actor else reason.strip()
    if successor is not None:
        _could_follow(successor, thing)
    with transaction.atomic():
        row, goal = lock(thing, successor) if successor is not None else (locked(thing), None)
        if row.state == RETIRED:
            thing.refresh_from_db()
            return False
        require_seen(row, seen)
        if goal is not None:
            _can_follow(goal)
        _set_state(thing, row, RETIRED)
        Retirement.objects.create(**_of(row), actor=actor, reason=said, successor=goal)
        audit.note(
            actor, f"retired {_word(row)}", target=row, reason=said, **({"successor": goal.slug} if goal else {})
        )
        _tell(row, retired=True)
        writer = row.current.author if row.current else None
        notices.notify(writer, kind="pattern_retired", url=row.get_absolute_url(), actor=actor, title=row.title)
    return True


def restore(thing: Pattern | Lighthouse, *, actor: User | None, reason: str = "", seen: str | None = None) -> bool:
    """Bring a retired pattern or lighthouse back with the text it had; True when this call did it.

    One that was merged into another comes back by taking the merge back. Raises a `PublishingError`.
    """
    require_curator(actor)
    said = require_reason(reason) if actor else reason.strip()
    with transaction.atomic():
        row = locked(thing)
        if row.state == PUBLISHED:
            thing.refresh_from_db()
            return False
        require_seen(row, seen)
        if isinstance(row, Pattern) and row.merged_into_id:
            raise Refused(
                _("It was merged into “%(title)s”. Take the merge back instead, so that what moved comes back too.")
                % {"title": row.merged_into.title}
            )
        bring_back(row)
        thing.state = PUBLISHED
        audit.note(actor, f"restored {_word(row)}", target=row, reason=said)
    return True


def bring_back(row: Pattern | Lighthouse) -> None:
    """Publish a locked, retired `row` again as it was, and let what names it find it."""
    _set_state(row, row, PUBLISHED)
    Retirement.objects.filter(**_of(row), ended_at=None).update(ended_at=timezone.now())
    if isinstance(row, Pattern):
        relations.resolve([row])
    _tell(row, retired=False)


def _could_follow(goal: Pattern, thing: Pattern | Lighthouse) -> None:
    if not isinstance(thing, Pattern):
        raise Refused(_("A lighthouse has no successor: it is a place."))
    if goal.pk == thing.pk:
        raise Refused(_("Readers cannot be sent to the pattern that is taken out. Choose another."))


def _can_follow(goal: Pattern) -> None:
    if goal.state != PUBLISHED:
        raise Refused(
            _("“%(title)s” is taken out itself, so readers cannot be sent there. Choose a published pattern.")
            % {"title": goal.title}
        )


def _set_state(thing: Pattern | Lighthouse, row: Pattern | Lighthouse, state: PublicationState) -> None:
    row.state = state
    row.save(update_fields=["state", "changed_at"])
    thing.state = state


def _tell(row: Pattern | Lighthouse, *, retired: bool) -> None:
    """Write the change into the library's log and wake those who follow it."""
    if isinstance(row, Pattern):
        kind = ChangeKind.PATTERN_RETIRED if retired else ChangeKind.PATTERN_PUBLISHED
    else:
        kind = ChangeKind.LIGHTHOUSE_RETIRED if retired else ChangeKind.LIGHTHOUSE_PUBLISHED
    changes.record(kind, **_of(row), revision=row.current)
    enqueue(Job.FOLLOW_LIBRARY)


def _of(row: Pattern | Lighthouse) -> dict[str, Pattern | Lighthouse]:
    return {_word(row): row}


def _word(row: Pattern | Lighthouse) -> str:
    return "pattern" if isinstance(row, Pattern) else "lighthouse"
