"""How long the library room keeps what it need not: claims, sessions, kept mails, sign-in links, what was deleted."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from patterns.models import Claim, Collection, CollectionItem, KeptMail, PersonSession, SignInLink
from patterns.queries.collections import KEPT_REMOVED

MAILS_KEPT = timedelta(days=7)
LINKS_KEPT = timedelta(days=1)  # after their end


def end_claims() -> int:
    """Delete claims whose fifteen minutes are over; returns how many, as do all functions here."""
    return Claim.objects.filter(expires_at__lt=timezone.now()).delete()[0]


def forget_sessions() -> int:
    """Delete sessions that have expired, and the lines about them in people's own lists."""
    unused = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    listed = PersonSession.objects.filter(last_used_at__lt=unused).delete()[0]
    return listed + Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def forget_mails() -> int:
    return KeptMail.objects.filter(at__lt=timezone.now() - MAILS_KEPT).delete()[0]


def forget_sign_in_links() -> int:
    return SignInLink.objects.filter(expires_at__lt=timezone.now() - LINKS_KEPT).delete()[0]


def forget_removed() -> int:
    """Delete collections and their items once nobody can put them back any more."""
    ended = timezone.now() - KEPT_REMOVED
    items = CollectionItem.objects.filter(removed_at__lt=ended).delete()[0]
    return items + Collection.objects.filter(deleted_at__lt=ended).delete()[0]
