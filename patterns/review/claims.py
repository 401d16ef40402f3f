"""Say "I am looking at this" for a quarter of an hour, so that two people do not read the same thing at once.

A claim ends when it expires, and at once when its holder may no longer review.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from patterns.enums import Role
from patterns.models import Claim, ReviewItem, User
from patterns.people import audit, bans
from patterns.people.roles import is_reviewer
from patterns.review.errors import AlreadyDecided, Claimed, NotACurator, NotAReviewer, OwnWork, TooManyHeld
from patterns.review.kinds import kind_of

MOST_HELD = 20  # by one person at once
MAY_HOLD = [Role.REVIEWER, Role.CURATOR, Role.ADMIN]


def claim(item: ReviewItem, *, reviewer: User) -> Claim:
    """Take `item`, take it over from a claim that is over, or hold one's own for longer.

    Raises `NotAReviewer`, `NotACurator`, `OwnWork`, `AlreadyDecided`, `Claimed`, `TooManyHeld`.
    """
    if not is_reviewer(reviewer):
        raise NotAReviewer
    bans.check(reviewer)
    with transaction.atomic():
        locked = ReviewItem.objects.select_for_update().get(pk=item.pk)
        if locked.author_id == reviewer.pk:
            raise OwnWork
        if not kind_of(locked).open_to(reviewer):
            raise NotACurator
        if not locked.open or locked.with_author:
            raise AlreadyDecided
        refuse_if_held(locked, but_for=reviewer)
        now = timezone.now()
        expires = now + timedelta(minutes=settings.CLAIM_MINUTES)
        held = Claim.objects.filter(item=locked).first()
        if held is not None and held.reviewer_id == reviewer.pk and held.expires_at > now:
            held.expires_at = expires
            held.save(update_fields=["expires_at"])
            return held
        _refuse_if_full(reviewer, besides=locked)
        taken, _new = Claim.objects.update_or_create(
            item=locked, defaults={"reviewer": reviewer, "claimed_at": now, "expires_at": expires}
        )
        kind_of(locked).claimed(locked, reviewer=reviewer)
        audit.note(reviewer, "claimed", target=locked, kind=locked.kind)
        return taken


def release(item: ReviewItem, *, reviewer: User) -> bool:
    """Give one's own claim back; returns whether there was one."""
    with transaction.atomic():
        given = bool(Claim.objects.filter(item=item, reviewer=reviewer).delete()[0])
        if given:
            audit.note(reviewer, "gave back", target=item, kind=item.kind)
        return given


def release_all(reviewer: User) -> int:
    """End every claim of a person, as when they are banned or leave; returns how many there were."""
    with transaction.atomic():
        ended = Claim.objects.filter(reviewer=reviewer).delete()[0]
        if ended:
            audit.note(reviewer, "gave back all claims", target=reviewer, count=ended)
        return ended


def live_claims() -> QuerySet[Claim]:
    """Every claim that holds: not over, and by somebody who still may review."""
    return Claim.objects.filter(
        expires_at__gt=timezone.now(), reviewer__is_active=True, reviewer__roles__overlap=MAY_HOLD
    )


def live_claim(item: ReviewItem) -> Claim | None:
    """The claim on `item` that holds, if any."""
    held = getattr(item, "claim", None)
    return held if held is not None and held.expires_at > timezone.now() and is_reviewer(held.reviewer) else None


def held_by(reviewer: User, items: Iterable[ReviewItem] = ()) -> QuerySet[Claim]:
    """The claims of a person that hold, of `items` if any are given."""
    mine = live_claims().filter(reviewer=reviewer)
    return mine.filter(item__in=items) if items else mine


def refuse_if_held(item: ReviewItem, *, but_for: User) -> None:
    """Raise `Claimed` while another reviewer holds `item`."""
    held = live_claims().filter(item=item).select_related("reviewer").first()
    if held is not None and held.reviewer_id != but_for.pk:
        raise Claimed(held.reviewer.credit, held.expires_at)


def _refuse_if_full(reviewer: User, *, besides: ReviewItem) -> None:
    """Hold the account's row, so that two windows cannot both take the last place. Always after the item's row."""
    User.objects.select_for_update(no_key=True).get(pk=reviewer.pk)
    if live_claims().filter(reviewer=reviewer).exclude(item=besides).count() >= MOST_HELD:
        raise TooManyHeld(MOST_HELD)
