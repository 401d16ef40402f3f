"""A person's own list of the browsers they are signed in with: written at sign-in, renewed every few minutes at most.

Inside each session stands a mark (which row is its own, and when that was last renewed), so that a page costs no query
to find out that there is nothing to do. Row and session are joined by the hash of the session's key alone.
"""

import hashlib
import secrets
import time
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from patterns.people import audit
from patterns.people.browsers import browser_in_words
from patterns.people.models import PersonSession, User

MARK = "own_session"
RENEWED_AFTER = 300  # seconds


def begin(request: HttpRequest, user: User) -> PersonSession:
    """Write down that `user` signed in with this browser. The session's key must be its final one."""
    session = request.session
    if session.session_key is None:
        session.create()
    now = timezone.now()
    values = {"user": user, "browser": _browser(request), "began_at": now, "last_used_at": now}
    row, _new = PersonSession.objects.update_or_create(key_sha256=_hashed(session.session_key), defaults=values)
    _put_mark(session, row)
    return row


def renew(request: HttpRequest) -> None:
    """Note that the session of a signed-in person is in use, if that was not noted just now.

    A session that has no row yet (older than this list) gets one; until then the account's last sign-in stands for it.
    """
    mark, user = request.session.get(MARK), request.user
    last = mark["at"] if mark else (user.last_login.timestamp() if user.last_login else 0)
    moved = bool(mark) and mark["key"] != _short(request.session.session_key)
    if time.time() - last < RENEWED_AFTER and not moved:
        return
    own = PersonSession.objects.filter(pk=mark["id"], user=user) if mark else PersonSession.objects.none()
    values = {"key_sha256": _hashed(request.session.session_key or ""), "last_used_at": timezone.now()}
    if request.session.session_key and own.update(**values):
        _put_mark(request.session, own.get())
    else:
        begin(request, user)


def forget_current(request: HttpRequest) -> None:
    """Take the row of a session away that is about to be signed out."""
    if mark := request.session.get(MARK):
        PersonSession.objects.filter(pk=mark["id"], key_sha256=_hashed(request.session.session_key or "")).delete()


def sessions_of(user: User) -> list[PersonSession]:
    """Where `user` is signed in, last used first. One query; what has expired is not among them."""
    oldest = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return list(PersonSession.objects.filter(user=user, last_used_at__gt=oldest))


def is_current(request: HttpRequest, row: PersonSession) -> bool:
    return row.key_sha256 == _hashed(request.session.session_key or "")


def end(row: PersonSession, *, actor: User) -> None:
    """End one session of one's own, wherever it is open. Ending one that is over changes nothing."""
    if row.user_id != actor.pk:
        raise PermissionDenied(_("That is a session of somebody else."))
    with transaction.atomic():
        for key in _keys(row.key_sha256):
            _store()(key).delete()
        PersonSession.objects.filter(pk=row.pk).delete()
        audit.note(actor, "ended a session", target=actor)


def end_others(request: HttpRequest) -> int:
    """End every other session of who asks, listed or not, and return how many were listed."""
    user = request.user
    with transaction.atomic():
        others = PersonSession.objects.filter(user=user).exclude(key_sha256=_hashed(request.session.session_key or ""))
        count = others.count()
        end_all(user)
        audit.note(user, "ended other sessions", target=user)
    update_session_auth_hash(request, user)
    begin(request, user)
    return count


def end_all(user: User) -> None:
    """Make every session of `user` worthless at once: each proves itself by this salt."""
    user.session_salt = secrets.token_hex(16)
    user.save(update_fields=["session_salt"])
    PersonSession.objects.filter(user=user).delete()


def _keys(key_sha256: str) -> list[str]:
    """The keys that have this hash. Reads every session of the site, which is quick enough for so rare an act."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_key FROM django_session WHERE encode(sha256(session_key::bytea), 'hex') = %s", [key_sha256]
        )
        return [key for (key,) in cursor.fetchall()]


def _store() -> type[SessionBase]:
    return import_module(settings.SESSION_ENGINE).SessionStore


def _put_mark(session: SessionBase, row: PersonSession) -> None:
    session[MARK] = {"id": row.pk, "at": int(time.time()), "key": _short(session.session_key)}


def _browser(request: HttpRequest) -> str:
    return browser_in_words(request.META.get("HTTP_USER_AGENT", ""))


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _short(key: str | None) -> str:
    return _hashed(key or "")[:12]
