"""How long the library room keeps what it need not: claims, sessions, mails, notices, what was deleted."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from patterns.models import (
    Claim,
    Collection,
    CollectionItem,
    Desk,
    Flag,
    Notice,
    PersonSession,
    SignInLink,
)
from patterns.people import kept_mail, notices
from patterns.queries.collections import KEPT_REMOVED

NOTICES_KEPT = timedelta(days=365)
READ_NOTICES_KEPT = timedelta(days=90)
LINKS_KEPT = timedelta(days=1)  # after their end
FLAGS_KEPT = timedelta(days=90)  # after the decision; then nobody knows any more who flagged and in which words
UNSENT_KEPT = timedelta(days=90)  # words a reviewer did not send


def end_claims() -> int:
    """Delete claims whose fifteen minutes are over; returns how many, as do all functions here."""
    return Claim.objects.filter(expires_at__lt=timezone.now()).delete()[0]


def forget_sessions() -> int:
    """Delete sessions that have expired, and the lines about them in people's own lists."""
    unused = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    listed = PersonSession.objects.filter(last_used_at__lt=unused).delete()[0]
    return listed + Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def forget_mails() -> int:
    return kept_mail.forget_old()


def forget_sign_in_links() -> int:
    return SignInLink.objects.filter(expires_at__lt=timezone.now() - LINKS_KEPT).delete()[0]


def forget_notices() -> int:
    """Delete what was read long ago, and what nobody came to read in a year."""
    now = timezone.now()
    read = Q(read_at__lt=now - READ_NOTICES_KEPT)
    unread = Notice.objects.filter(read_at=None, at__lt=now - NOTICES_KEPT)
    for notice in unread.select_related("user")[:1000]:
        notices.read(notice)  # what is counted at the account goes with it
    return Notice.objects.filter(read | Q(at__lt=now - NOTICES_KEPT, read_at__isnull=False)).delete()[0]


def forget_removed() -> int:
    """Delete collections and their items once nobody can put them back any more."""
    ended = timezone.now() - KEPT_REMOVED
    items = CollectionItem.objects.filter(removed_at__lt=ended).delete()[0]
    return items + Collection.objects.filter(deleted_at__lt=ended).delete()[0]


def forget_flags() -> int:
    """Take the words, and the ids of visitors, out of flags that were decided on long ago; returns how many."""
    old = Flag.objects.filter(case__decided_at__lt=timezone.now() - FLAGS_KEPT)
    return old.exclude(words="", visitor="").update(words="", visitor="")


def forget_unsent() -> int:
    return Desk.objects.filter(changed_at__lt=timezone.now() - UNSENT_KEPT).delete()[0]
