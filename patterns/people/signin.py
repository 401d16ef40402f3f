"""The one-time sign-in of a moderator: the first person needs a way in before any mail can be sent."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from patterns.enums import Role
from patterns.people.models import SignInLink, User

LIFE = timedelta(days=1)
FIRST_EMAIL = "moderator@localhost"


def first_moderator() -> User:
    """The account the link signs in: the longest-standing admin, or a new one on a new site."""
    with transaction.atomic():
        known = User.objects.filter(is_active=True, roles__contains=[Role.ADMIN]).order_by("date_joined", "pk").first()
        if known:
            return known
        user = User.objects.create_superuser(
            FIRST_EMAIL, name="Moderator", roles=[Role.REVIEWER, Role.CURATOR, Role.ADMIN]
        )
        # allauth's own record that the address is confirmed, so that a password may be set later.
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user


def one_time_link(user: User) -> str:
    """Make the path of a sign-in link for `user`; earlier ones that nobody used stop working."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        SignInLink.objects.filter(user=user, used_at=None).delete()
        SignInLink.objects.create(user=user, token_sha256=_hashed(token), expires_at=timezone.now() + LIFE)
    return reverse("sign_in_link", args=[token])


def spend(token: str) -> User | None:
    """The user whose link this is, once; None for a used, expired or unknown one. Two at once: one of them wins."""
    now = timezone.now()
    fresh = SignInLink.objects.filter(token_sha256=_hashed(token), used_at=None, expires_at__gt=now)
    if not fresh.filter(user__is_active=True).update(used_at=now):
        return None
    return User.objects.get(pk=SignInLink.objects.values_list("user", flat=True).get(token_sha256=_hashed(token)))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
