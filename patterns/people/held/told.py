"""What a person was told, and how they want to be told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from patterns.models import Notice, NoticeSettings
from patterns.people.held.rows import rows
from patterns.people.holdings import register
from patterns.people.models import User


def register_holdings() -> None:
    register(
        "notices", export=_notices, erase=_erase, title=_("Notices, and how you are told"), fate=_("deleted"),
        covers=("patterns.Notice.user", "patterns.Notice.actor", "patterns.NoticeSettings.user"),
    )  # fmt: skip


def _notices(user: User) -> list[dict[str, Any]]:
    return [
        *rows(Notice, "user", "kind", "said", "url", "times", "at", "read_at")(user),
        *rows(NoticeSettings, "user", "mail", "quiet", "queue", "language")(user),
    ]


def _erase(user: User) -> None:
    """What others were told of them says nobody's name: it is put into words when it is shown."""
    Notice.objects.filter(user=user).delete()
    NoticeSettings.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(unread_notices=0)
