"""Keeps how a person wants to be told."""

from collections.abc import Collection

from patterns.models import NoticeSettings, User
from patterns.people.notices.kinds import ALWAYS, KINDS


def choose(user: User, *, mail: str, quiet: Collection[str], queue: bool, language: str) -> NoticeSettings:
    """Mail `user` as often as `mail` says, without the kinds in `quiet`, in `language`. Unknown kinds are left out."""
    kept = sorted(set(quiet) & KINDS.keys() - ALWAYS)
    values = {"mail": NoticeSettings.Mail(mail), "quiet": kept, "queue": queue, "language": language}
    return NoticeSettings.objects.update_or_create(user=user, defaults=values)[0]
