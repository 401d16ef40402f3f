"""Erase an account: what was private goes, what others rely on stays, and a nameless tombstone stands where it was."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from patterns.people import audit, sessions
from patterns.people.holdings import holdings
from patterns.people.models import User
from patterns.people.roles import is_admin, other_admins


class NotErased(Exception):
    """The account stays as it is; the message says why in a sentence."""


def erase(user: User, *, by: User | None) -> None:
    """Erase the account of `user` in one transaction. `by` is that person, or None for the operator at the machine.

    Twice is once. Raises `NotErased`.
    """
    if by is not None and by.pk != user.pk:
        raise NotErased(_("Only its owner erases an account."))
    with transaction.atomic():
        if is_admin(user) and by is not None and not other_admins(user):
            raise NotErased(_("You are the last admin of this site. Make somebody else an admin first."))
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.erased_at is not None:
            return
        for one in holdings():
            one.erase(locked)
        _bury(locked)
        audit.note(locked if by is not None else None, "erased account", target=locked)
    user.refresh_from_db()


def _bury(user: User) -> None:
    """Leave of the account only that there was one."""
    user.email = (
        f"erased-{user.public_id.hex}@erased.invalid"  # the column must hold one; .invalid is nobody's (RFC 2606)
    )
    user.name = user.about = ""
    user.name_public = user.is_active = user.is_staff = user.is_superuser = False
    user.roles, user.last_login, user.erased_at = [], None, timezone.now()
    user.set_unusable_password()
    user.groups.clear()
    user.user_permissions.clear()
    user.save()
    sessions.end_all(user)
