"""Writes notices, in the transaction of what they are about, and notes which have been read."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from patterns.models import Notice, User

LONGEST = 300  # characters of a title


def notify(user: User | None, *, kind: str, url: str, actor: User | None = None, **said: Any) -> Notice | None:
    """Tell `user` something of `kind` that can be read at `url`, a path of this site. What they did themselves is no
    news. The same thing again before it was read is told once more, not twice.
    """
    if user is None or not user.is_active or (actor is not None and actor.pk == user.pk):
        return None
    said = {name: str(value)[:LONGEST] for name, value in said.items()}
    with transaction.atomic():
        # The row of the account is locked first, so that two notices of one kind at once do not meet in the index.
        User.objects.select_for_update().only("pk").get(pk=user.pk)
        now = timezone.now()
        known = Notice.objects.filter(user=user, kind=kind, url=url, read_at=None).first()
        if known is not None:
            known.times, known.at, known.said, known.actor, known.mailed_at = known.times + 1, now, said, actor, None
            known.save()
            return known
        User.objects.filter(pk=user.pk).update(unread_notices=F("unread_notices") + 1)
        return Notice.objects.create(user=user, kind=kind, url=url, said=said, actor=actor, at=now)


def read(notice: Notice) -> None:
    """Note that its person has seen it; what was read need not be mailed."""
    now = timezone.now()
    with transaction.atomic():
        User.objects.select_for_update().only("pk").get(pk=notice.user_id)
        if Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now):
            User.objects.filter(pk=notice.user_id, unread_notices__gt=0).update(unread_notices=F("unread_notices") - 1)


def read_all(user: User) -> int:
    """Note that `user` has seen everything there is; returns how many were new."""
    with transaction.atomic():
        User.objects.select_for_update().only("pk").get(pk=user.pk)
        count = Notice.objects.filter(user=user, read_at=None).update(read_at=timezone.now())
        User.objects.filter(pk=user.pk).update(unread_notices=0)
    return count
