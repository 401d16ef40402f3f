"""Who may do what. Trust is granted by a person, never earned by counting, and every grant is written down."""

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

from patterns.enums import Role
from patterns.people import audit, notices
from patterns.people.models import User

Person = User | AnonymousUser | None


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


def reviewer_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send strangers to sign in and show everyone else without the role the designed 403 page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/review/")
        if not is_reviewer(request.user):
            raise PermissionDenied(_("The review queue is for reviewers. An admin can give you the role."))
        if request.method == "POST":
            from patterns.people import bans  # it needs the roles

            bans.check(request.user)
        return view(request, *args, **kwargs)

    return guarded


def curator_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send strangers to sign in and show everyone else without the role the designed 403 page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        if not is_curator(request.user):
            raise PermissionDenied(_("This is for curators. An admin can give you the role."))
        return view(request, *args, **kwargs)

    return guarded


def grant(user: User, role: Role, *, by: User | None) -> None:
    """Give `user` a role; `by` is the admin who did, or None for the operator at the machine."""
    _change(user, role, by=by, add=True)


def revoke(user: User, role: Role, *, by: User | None) -> None:
    """Take a role from `user`."""
    _change(user, role, by=by, add=False)


def _change(user: User, role: Role, *, by: User | None, add: bool) -> None:
    if by is not None and not is_admin(by):
        raise PermissionDenied(_("Only an admin can give and take roles."))
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        roles = set(locked.roles) | {role} if add else set(locked.roles) - {role}
        if roles != set(locked.roles):
            locked.roles = sorted(roles)
            locked.save(update_fields=["roles"])
            audit.note(by, "granted role" if add else "revoked role", target=locked, role=str(role))
            kind = "role_given" if add else "role_taken"
            notices.notify(locked, kind=kind, url=reverse("notices"), actor=by, role=Role(role).label)
    user.roles = locked.roles
