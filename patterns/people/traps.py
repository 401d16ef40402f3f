"""Two traps that a person never notices: a field nobody sees, and a time no person is quicker than.

A form of visitors carries both (`{% trap %}`). What falls into one is shown again with its text and can be sent once
more; nothing says which of the two it was.
"""

import time
from collections.abc import Mapping
from enum import StrEnum

from django.conf import settings
from django.core import signing

HIDDEN, STAMP = "homepage", "form_opened"  # the names of the two fields
_SALT = "clm.form"


class Trap(StrEnum):
    """What a form fell into; for the count, never for the page."""

    FILLED = "hidden field filled in"
    HASTY = "sent at once"
    STALE = "older than a day"
    UNSTAMPED = "without a sound stamp"


def stamp() -> str:
    """What a form says of when it was opened; nobody else can write one."""
    return signing.dumps(int(time.time() * 1000), salt=_SALT)


def stamp_of(data: Mapping[str, str]) -> str:
    """The stamp of a form that is shown again: the one it came with while that is good, so that nobody waits twice."""
    opened = _opened(data)
    return data[STAMP] if opened is not None and time.time() - opened <= settings.FORM_DAY else stamp()


def caught(data: Mapping[str, str]) -> Trap | None:
    """The trap that a sent form fell into, if any."""
    if data.get(HIDDEN, ""):
        return Trap.FILLED
    opened = _opened(data)
    if opened is None:
        return Trap.UNSTAMPED
    passed = time.time() - opened
    if passed > settings.FORM_DAY:
        return Trap.STALE
    return Trap.HASTY if passed < settings.FORM_SECONDS else None


def _opened(data: Mapping[str, str]) -> float | None:
    """When the form was opened, in seconds since the epoch; None without a stamp that we wrote."""
    try:
        return signing.loads(data.get(STAMP, ""), salt=_SALT) / 1000
    except signing.BadSignature:
        return None
