"""Say "I am looking at this" for a quarter of an hour, so that two people do not read the same thing at once."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from patterns.models import Claim, ReviewItem, User
from patterns.people import bans
from patterns.people.roles import is_reviewer
from patterns.review.errors import AlreadyDecided, Claimed, NotAReviewer, OwnWork
from patterns.review.kinds import kind_of


def claim(item: ReviewItem, *, reviewer: User) -> Claim:
    """Take `item`, or renew one's own claim. Raises `NotAReviewer`, `OwnWork`, `AlreadyDecided`, `Claimed`."""
    if not is_reviewer(reviewer):
        raise NotAReviewer
    bans.check(reviewer)
    with transaction.atomic():
        locked = ReviewItem.objects.select_for_update().get(pk=item.pk)
        if locked.author_id == reviewer.pk:
            raise OwnWork
        if not locked.open:
            raise AlreadyDecided
        refuse_if_held(locked, but_for=reviewer)
        now = timezone.now()
        expires = now + timedelta(minutes=settings.CLAIM_MINUTES)
        taken, new = Claim.objects.select_for_update().get_or_create(
            item=locked, defaults={"reviewer": reviewer, "expires_at": expires}
        )
        if new or taken.reviewer_id != reviewer.pk:
            kind_of(locked).claimed(locked, reviewer=reviewer)
        if taken.reviewer_id != reviewer.pk:
            taken.reviewer, taken.claimed_at = reviewer, now
        taken.expires_at = expires
        taken.save()
        return taken


def release(item: ReviewItem, *, reviewer: User) -> bool:
    """Give one's own claim back; returns whether there was one."""
    return bool(Claim.objects.filter(item=item, reviewer=reviewer).delete()[0])


def live_claim(item: ReviewItem) -> Claim | None:
    """The claim on `item` that is not over yet, if any."""
    held = getattr(item, "claim", None)
    return held if held is not None and held.expires_at > timezone.now() else None


def refuse_if_held(item: ReviewItem, *, but_for: User) -> None:
    """Raise `Claimed` while another reviewer holds `item`."""
    held = Claim.objects.filter(item=item, expires_at__gt=timezone.now()).select_related("reviewer").first()
    if held is not None and held.reviewer_id != but_for.pk:
        raise Claimed(held.reviewer.credit, held.expires_at)
