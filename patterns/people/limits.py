"""Slow down whoever asks for too much, by session, account and address, without ever keeping an address.

Counters live in Redis in fixed windows. An address is only counted as a hash with a random salt of the day that Redis
forgets, so that not even this site can tell afterwards who came. Without Redis everybody passes, and the log says so.
"""

import hashlib
import logging
import secrets
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

import redis
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patterns.people.allowances import allowance
from patterns.people.standing import Standing, standing

log = logging.getLogger(__name__)

SALT_KEPT = 26 * 3600  # seconds
refusals: Counter[str] = Counter()  # of this process, for the metrics


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody did `act` too often; in `seconds` there is room again."""

    act: Any
    seconds: int

    def __str__(self) -> str:
        """What happened and when it is over, for the person."""
        return _("That was a lot of %(act)s in a short time. In %(when)s there is room again.") % {
            "act": self.act,
            "when": in_words(self.seconds),
        }


def wait(request: HttpRequest, name: str) -> Wait | None:
    """Count one act of the limit `name` (see `patterns.people.allowances`); None when it is within the limit.

    Counted apart: the account or, without one, the session, and the address with that of several people. A refusal is
    remembered on the request: the response says in its `Retry-After` when to come back.
    """
    known = allowance(name)
    uneven = len(set(known.each.values())) > 1
    most = known.most(standing(getattr(request, "user", None)) if uneven else Standing.VISITOR)
    if _within(request, name, limit=most, per=known.per):
        return None
    left = known.per - int(time.time()) % known.per
    request.retry_after = left
    refusals[name] += 1
    return Wait(known.act, left)


def allow(request: HttpRequest, name: str) -> bool:
    """`wait` for a view that says in its own words what was too much: whether the act is within the limit."""
    return wait(request, name) is None


def in_words(seconds: int) -> str:
    """A time as people say it: `40 seconds`, `7 minutes`, `2 hours`."""
    if seconds < 90:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if seconds < 5400:
        return ngettext("%(n)d minute", "%(n)d minutes", -(-seconds // 60)) % {"n": -(-seconds // 60)}
    return ngettext("%(n)d hour", "%(n)d hours", -(-seconds // 3600)) % {"n": -(-seconds // 3600)}


def _within(request: HttpRequest, bucket: str, *, limit: int, per: int) -> bool:
    window = int(time.time() // per)
    try:
        counts = _count([f"clm:limit:{bucket}:{window}:{who}" for who in _who(request)], per)
    except redis.RedisError as problem:
        log.warning("limits are not counted: Redis does not answer (%s)", type(problem).__name__)
        return True
    person, address = (counts[0], counts[-1]) if len(counts) > 1 else (0, counts[0])
    return person <= limit and address <= limit * settings.ADDRESS_SHARE


def address_fingerprint(address: str) -> str:
    """Return what stands for a network address today, and for nothing any more once the day's salt is forgotten."""
    return hashlib.blake2b(address.encode(), key=_salt(), digest_size=12).hexdigest()


def _who(request: HttpRequest) -> list[str]:
    """The names to count under: the person first where there is one, the address last."""
    names = []
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        names.append(f"account:{user.pk}")
    elif (session := getattr(request, "session", None)) is not None and session.session_key:
        names.append(f"session:{hashlib.sha256(session.session_key.encode()).hexdigest()[:24]}")
    names.append(f"address:{address_fingerprint(request.META.get('REMOTE_ADDR') or 'unknown')}")
    return names


def _count(keys: list[str], per: int) -> list[int]:
    with _client().pipeline() as pipeline:
        for key in keys:
            pipeline.incr(key).expire(key, per)
        return pipeline.execute()[::2]


def _salt() -> bytes:
    """The day's salt, made by whoever needs it first and gone soon after the day."""
    key = f"clm:salt:{time.strftime('%Y-%m-%d', time.gmtime())}"
    client = _client()
    client.set(key, secrets.token_bytes(32), nx=True, ex=SALT_KEPT)
    return client.get(key) or secrets.token_bytes(32)


@cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
