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


def caught(data: Mapping[str, str]) -> Trap | None:
    """The trap that a sent form fell into, if any."""
    if data.get(HIDDEN, ""):
        return Trap.FILLED
    try:
        opened = signing.loads(data.get(STAMP, ""), salt=_SALT)
    except signing.BadSignature:
        return Trap.UNSTAMPED
    passed = time.time() - opened / 1000
    if passed > settings.FORM_DAY:
        return Trap.STALE
    return Trap.HASTY if passed < settings.FORM_SECONDS else None
