"""Finds what a person was told."""

from django.core.paginator import Page, Paginator

from patterns.models import Notice, NoticeSettings, User

ON_A_PAGE = 30


def own_notices(user: User, *, page: str) -> Page:
    """Newest first, a page of them. Two queries."""
    rows = Notice.objects.filter(user=user).select_related("actor")
    return Paginator(rows, ON_A_PAGE).get_page(page)


def find_notice(pk: int, *, user: User) -> Notice | None:
    return Notice.objects.filter(pk=pk, user=user).first()


def settings_of(user: User) -> NoticeSettings:
    """What they chose, or what holds for who chose nothing."""
    return NoticeSettings.objects.filter(user=user).first() or NoticeSettings(user=user)
