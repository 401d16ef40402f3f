"""Who may do what. Trust is granted by a person, never earned by counting, and every grant is written down.

A contributor is somebody known here: the role is a sign of trust and gives no power over what others wrote.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns.enums import Role
from patterns.people import audit, notices, second_step
from patterns.people.models import User

Person = User | AnonymousUser | None
POWERS = (Role.REVIEWER, Role.CURATOR, Role.ADMIN)  # roles that decide on what others wrote


class RoleRefused(Exception):
    """The role stays as it is; the message says why in a sentence."""


def has_role(user: Person, *roles: Role) -> bool:
    """True when `user` is an active account with at least one of `roles`."""
    return bool(user and user.is_authenticated and user.is_active and set(roles) & set(user.roles))


def is_reviewer(user: Person) -> bool:
    """May claim and decide; curators and admins may whatever reviewers may."""
    return has_role(user, Role.REVIEWER, Role.CURATOR, Role.ADMIN)


def is_curator(user: Person) -> bool:
    return has_role(user, Role.CURATOR, Role.ADMIN)


def is_admin(user: Person) -> bool:
    return has_role(user, Role.ADMIN)


View = Callable[..., HttpResponse]


def reviewer_required(view: View) -> View:
    """Let reviewers in who proved themselves by a second step; strangers sign in, everyone else gets the 403 page."""
    refusal = gettext_lazy("The review queue is for reviewers. An admin can give you the role.")
    return _guarded(view, is_reviewer, refusal)


def curator_required(view: View) -> View:
    """Let curators in, as `reviewer_required` lets reviewers in."""
    return _guarded(view, is_curator, gettext_lazy("This is for curators. An admin can give you the role."), home="/")


def admin_required(view: View) -> View:
    """Let admins in, as `reviewer_required` lets reviewers in."""
    return _guarded(view, is_admin, gettext_lazy("This page is for admins."), home="/")


def _guarded(view: View, may: Callable[[Person], bool], refusal: str, *, home: str = "/review/") -> View:
    """`home` is where a stranger comes back to whose form was not taken."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else home)
        if not may(request.user):
            raise PermissionDenied(refusal)
        if request.method == "POST":
            from patterns.people import bans  # it needs the roles

            bans.check(request.user)
        if second_step.is_missing(request):
            return second_step.lead_to_it(request)
        return view(request, *args, **kwargs)

    return guarded


def grant(user: User, role: Role, *, by: User | None, reason: str = "") -> None:
    """Give `user` a role; `by` is the admin who did, or None for the operator at the machine.

    Raises `PermissionDenied`, `RoleRefused`.
    """
    _may_change(by)
    if by is not None and by.pk == user.pk:
        raise RoleRefused(_("Nobody gives a role to themselves. Ask another admin, or whoever runs this machine."))
    _change(user, role, by=by, reason=reason, add=True)


def revoke(user: User, role: Role, *, by: User | None, reason: str = "") -> None:
    """Take a role from `user`. The last admin stays one, unless the operator at the machine says otherwise."""
    _may_change(by)
    _change(user, role, by=by, reason=reason, add=False)


def other_admins(user: User) -> int:
    """How many admins there are besides `user`. In a transaction, nobody changes that until it ends."""
    admins = User.objects.filter(is_active=True, roles__contains=[Role.ADMIN]).order_by("pk")
    return sum(admin.pk != user.pk for admin in admins.select_for_update())


def _may_change(by: User | None) -> None:
    if by is not None and not is_admin(by):
        raise PermissionDenied(_("Only an admin can give and take roles."))


def _change(user: User, role: Role, *, by: User | None, reason: str, add: bool) -> None:
    with transaction.atomic():
        if not add and role == Role.ADMIN and by is not None and not other_admins(user):
            raise RoleRefused(_("This is the last admin. Make somebody else an admin first."))
        locked = User.objects.select_for_update().get(pk=user.pk)
        if not locked.is_active:
            raise RoleRefused(_("This account is closed."))
        roles = set(locked.roles) | {role} if add else set(locked.roles) - {role}
        if roles != set(locked.roles):
            locked.roles = sorted(roles)
            if not add and role == Role.ADMIN:
                locked.is_staff = locked.is_superuser = False  # the operators' window closes with the role
            locked.save(update_fields=["roles", "is_staff", "is_superuser"])
            said = {"reason": reason[:500]} if reason else {}
            audit.note(by, "granted role" if add else "revoked role", target=locked, role=str(role), **said)
            kind = "role_given" if add else "role_taken"
            notices.notify(locked, kind=kind, url=reverse("notices"), actor=by, role=Role(role).label)
    user.roles = locked.roles
