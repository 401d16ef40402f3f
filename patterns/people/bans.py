"""Keep somebody from sending, commenting, flagging and reviewing for a while, for a reason they can read.

They may still sign in, read, ask, and take their data with them. Reviewers propose, curators and admins decide, nobody
bans themself, and an admin is banned by an admin alone. `check` is what every act that a ban forbids calls.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from patterns.models import Ban, User
from patterns.people import audit, notices
from patterns.people.roles import Person, is_admin, is_curator, is_reviewer

State = Ban.State
LONGEST = 2000  # characters of a reason


class BanError(Exception):
    """Nothing was done; the message says why."""

    status = 422


class NotAllowed(BanError):
    """The person who acts may not do this."""

    status = 403


class Banned(PermissionDenied):
    """Who acts is banned. The page for 403 says so and shows what they wrote; `ban` has reason and end."""

    def __init__(self, ban: Ban) -> None:
        self.ban = ban
        super().__init__(in_words(ban))


def refusal(user: Person) -> Ban | None:
    """The ban that stands against `user` now, if any. One query, none for a visitor."""
    if user is None or not user.is_authenticated:
        return None
    return _standing(user).first()


def check(user: Person) -> None:
    """Raise `Banned` where a ban stands against `user`; call it first in whatever a ban forbids."""
    if (found := refusal(user)) is not None:
        raise Banned(found)


def in_words(ban: Ban) -> str:
    """What a ban comes to, for the person."""
    if ban.until is None:
        return _("You are banned from contributing until somebody lifts it.")
    return _("You are banned from contributing until %(day)s.") % {
        "day": date_format(timezone.localtime(ban.until), "DATETIME_FORMAT")
    }


def ban(user: User, *, reason: str, until: datetime | None, by: User) -> Ban:
    """Ban `user` until then, or with None until it is lifted. Raises `BanError`."""
    reason = _sound(user, reason, until=until, by=by)
    _may_decide(user, by)
    with transaction.atomic():
        _end_past(user)
        made = _created(user=user, state=State.STANDING, reason=reason, until=until, by=by, decided_at=timezone.now())
        audit.note(by, "banned", target=user, ban=made.pk, reason=reason, until=until.isoformat() if until else "")
        notices.notify(user, kind="banned", url=reverse("account"), title=reason)
    return made


def propose(user: User, *, reason: str, until: datetime | None, by: User) -> Ban:
    """Ask a curator or an admin to ban `user`. Raises `BanError`."""
    check(by)
    if not is_reviewer(by):
        raise NotAllowed(_("Only reviewers propose bans. You can flag what somebody wrote."))
    reason = _sound(user, reason, until=until, by=by)
    if refusal(user) is not None:
        raise BanError(_("This person is banned already."))
    with transaction.atomic():
        made = _created(user=user, state=State.PROPOSED, reason=reason, until=until, proposed_by=by)
        audit.note(by, "proposed ban", target=user, ban=made.pk, reason=reason)
    return made


def settle(proposal: Ban, *, accept: bool, by: User, answer: str = "") -> Ban:
    """Lay a proposed ban on, or turn it down and say why. Not for who proposed it. Raises `BanError`."""
    _may_decide(proposal.user, by)
    with transaction.atomic():
        locked = Ban.objects.select_for_update().get(pk=proposal.pk)
        if locked.state != State.PROPOSED:
            raise BanError(_("Somebody decided on this proposal already."))
        if locked.proposed_by_id == by.pk:
            raise NotAllowed(_("You proposed it, so another person decides."))
        if not accept and not answer.strip():
            raise BanError(_("Say why you turn it down: who proposed it reads it."))
        if accept:
            _end_past(locked.user)
            if refusal(locked.user) is not None:
                raise BanError(_("This person is banned already."))
        locked.state = State.STANDING if accept else State.REFUSED
        locked.by, locked.decided_at, locked.answer = by, timezone.now(), answer.strip()[:LONGEST]
        locked.save()
        audit.note(by, "banned" if accept else "turned down ban", target=locked.user, ban=locked.pk, reason=answer)
        if accept:
            notices.notify(locked.user, kind="banned", url=reverse("account"), title=locked.reason)
    return locked


def lift(ban: Ban, *, by: User, reason: str) -> Ban:
    """End a ban before its time, with a reason. Ending it twice is ending it once. Raises `BanError`."""
    _may_decide(ban.user, by)
    if not reason.strip():
        raise BanError(_("Say why you lift it: it stands in the log."))
    with transaction.atomic():
        locked = Ban.objects.select_for_update().get(pk=ban.pk)
        if locked.state != State.STANDING:
            return locked
        locked.state, locked.answer = State.ENDED, reason.strip()[:LONGEST]
        locked.ended_at, locked.ended_by = timezone.now(), by
        locked.save()
        audit.note(by, "lifted ban", target=locked.user, ban=locked.pk, reason=reason)
    return locked


def _standing(user: Person) -> QuerySet[Ban]:
    now = timezone.now()
    rows = Ban.objects.filter(Q(until=None) | Q(until__gt=now), user_id=user.pk, state=State.STANDING)
    return rows.select_related("user", "by")


def _sound(user: User, reason: str, *, until: datetime | None, by: User) -> str:
    if user.pk == by.pk:
        raise NotAllowed(_("Nobody bans themself."))
    if not reason.strip():
        raise BanError(_("Say why: the person reads it."))
    if until is not None and until <= timezone.now():
        raise BanError(_("The end lies in the past."))
    return reason.strip()[:LONGEST]


def _may_decide(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise NotAllowed(_("This is about you, so another person decides."))
    check(by)
    if not is_curator(by):
        raise NotAllowed(_("Curators and admins ban people. You can propose it."))
    if is_admin(user) and not is_admin(by):
        raise NotAllowed(_("Only an admin bans an admin."))


def _end_past(user: User) -> None:
    """A ban whose time is over makes room for the next one."""
    past = Ban.objects.filter(user=user, state=State.STANDING, until__lte=timezone.now())
    for one in past.select_for_update():
        one.state, one.ended_at = State.ENDED, one.until
        one.save(update_fields=["state", "ended_at"])


def _created(**fields: object) -> Ban:
    try:
        with transaction.atomic():
            return Ban.objects.create(**fields)
    except IntegrityError as problem:
        raise BanError(_("This person is banned already, or it is proposed.")) from problem
