"""Find what the pages of moderation show: one's own flags, bans with their people, and the rules in force."""

import uuid

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone

from patterns.models import Ban, BlockRule, Flag, FlagCase, ReviewItem, User

A_PAGE = 30


def own_flags(*, by: User | None, visitor: str, page: str = "1") -> Page:
    """What this person flagged, newest first, with what became of it. Two queries, none for a new visitor."""
    if by is None and not visitor:
        return Paginator([], A_PAGE).get_page(1)
    mine = Flag.objects.filter(by=by) if by is not None else Flag.objects.filter(visitor=visitor)
    return Paginator(mine.select_related("case").order_by("-at", "-pk"), A_PAGE).get_page(page)


def warnings_of(author: User) -> QuerySet[FlagCase]:
    """What reviewers said to `author` about their work, newest first. One query."""
    told = FlagCase.objects.filter(author=author, outcome__in=["warned", "hidden", "banned"])
    return told.order_by("-decided_at")[:A_PAGE]


def find_case(pk: int) -> FlagCase | None:
    return FlagCase.objects.select_related("author").filter(pk=pk).first()


def item_of(case: FlagCase) -> ReviewItem | None:
    """The newest item of the queue that stands for `case`. One query."""
    return ReviewItem.objects.filter(kind="flag", object_id=case.pk).order_by("-pk").first()


def find_person(public_id: str) -> User | None:
    """The active account with this public id."""
    try:
        return User.objects.filter(public_id=uuid.UUID(public_id), is_active=True).first()
    except ValueError:
        return None


def people_named(words: str) -> QuerySet[User]:
    """Active accounts whose shown name holds `words`; e-mail addresses are not looked at. One query."""
    return User.objects.filter(is_active=True, name__icontains=words).order_by("name", "pk")[:20]


def bans_now() -> tuple[list[Ban], list[Ban]]:
    """The bans that stand, and those proposed. One query."""
    now = timezone.now()
    alive = Q(state=Ban.State.PROPOSED) | Q(Q(until=None) | Q(until__gt=now), state=Ban.State.STANDING)
    rows = list(Ban.objects.filter(alive).select_related("user", "by", "proposed_by"))
    return [one for one in rows if one.state == Ban.State.STANDING], [one for one in rows if one.state == "proposed"]


def bans_past(*, page: str = "1") -> Page:
    """Bans that ended or were turned down, newest first. Two queries."""
    now = timezone.now()
    over = Q(state__in=[Ban.State.ENDED, Ban.State.REFUSED]) | Q(state=Ban.State.STANDING, until__lte=now)
    rows = Ban.objects.filter(over).select_related("user", "by", "ended_by", "proposed_by")
    return Paginator(rows, A_PAGE).get_page(page)


def find_ban(pk: int) -> Ban | None:
    return Ban.objects.select_related("user", "by", "proposed_by").filter(pk=pk).first()


def rules_listed() -> tuple[list[BlockRule], list[BlockRule]]:
    """The rules in force, and the last fifty that no longer are. Two queries."""
    over = ~Q(removed_at=None) | Q(expires_at__lte=timezone.now())
    rows = BlockRule.objects.select_related("added_by", "removed_by")
    return list(rows.exclude(over)), list(rows.filter(over).order_by("-removed_at", "-pk")[:50])
