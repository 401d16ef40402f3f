"""The published library, and facts about all of it that are worth remembering until it changes."""

import hashlib
import logging
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.db.models import QuerySet

from patterns.enums import PublicationState
from patterns.models import LibraryChange, Lighthouse, Pattern

log = logging.getLogger(__name__)
Value = TypeVar("Value")
REMEMBERED_FOR = 60  # seconds; a change that commits late must not be missed for longer


def published() -> QuerySet[Pattern]:
    """Patterns anyone may read."""
    return Pattern.objects.filter(state=PublicationState.PUBLISHED, current__isnull=False)


def published_lighthouses() -> QuerySet[Lighthouse]:
    """Lighthouses anyone may read."""
    return Lighthouse.objects.filter(state=PublicationState.PUBLISHED, current__isnull=False)


def library_state() -> int:
    """A number that rises with every change of the library: what a count was true for. One query."""
    return LibraryChange.objects.order_by("-id").values_list("id", flat=True).first() or 0


def remembered(key: str, compute: Callable[[], Value], *, state: int) -> Value:
    """Return `compute()`, remembered for this state of the library. A cache that is down costs time only."""
    full_key = f"library:{state}:{hashlib.sha256(key.encode()).hexdigest()}"
    try:
        known = cache.get(full_key)
    except Exception as problem:  # noqa: BLE001 - whatever the cache's client raises, the page is right without it
        log.warning("counts are not remembered: %s", type(problem).__name__)
        return compute()
    if known is None:
        known = compute()
        cache.set(full_key, known, REMEMBERED_FOR)
    return known
