"""How long the library room keeps what it need not: claims, sessions, kept mails, sign-in links, what was deleted."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from patterns.models import Claim, Collection, CollectionItem, Desk, KeptMail, SignInLink
from patterns.queries.collections import KEPT_REMOVED

MAILS_KEPT = timedelta(days=7)
LINKS_KEPT = timedelta(days=1)  # after their end
UNSENT_KEPT = timedelta(days=90)  # words a reviewer did not send


def end_claims() -> int:
    """Delete claims whose fifteen minutes are over; returns how many, as do all functions here."""
    return Claim.objects.filter(expires_at__lt=timezone.now()).delete()[0]


def forget_sessions() -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def forget_mails() -> int:
    return KeptMail.objects.filter(at__lt=timezone.now() - MAILS_KEPT).delete()[0]


def forget_sign_in_links() -> int:
    return SignInLink.objects.filter(expires_at__lt=timezone.now() - LINKS_KEPT).delete()[0]


def forget_removed() -> int:
    """Delete collections and their items once nobody can put them back any more."""
    ended = timezone.now() - KEPT_REMOVED
    items = CollectionItem.objects.filter(removed_at__lt=ended).delete()[0]
    return items + Collection.objects.filter(deleted_at__lt=ended).delete()[0]


def forget_unsent() -> int:
    return Desk.objects.filter(changed_at__lt=timezone.now() - UNSENT_KEPT).delete()[0]
