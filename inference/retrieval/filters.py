"""Narrows a search to patterns with chosen facets; the same narrowing for every searcher."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

KEYS = {"domain": "pattern__domain", "tier": "pattern__tier", "library": "pattern__library__slug"}


def narrowed(filters: Mapping[str, Any] | None) -> Q:
    """The passages `filters` admit; unknown keys and empty values narrow nothing. `kind` is pattern or lighthouse."""
    wanted = Q()
    for key, value in (filters or {}).items():
        if not value:
            continue
        if key in KEYS:
            wanted &= Q(**{KEYS[key]: value})
        elif key == "category":
            wanted &= Q(pattern__categories__contains=[value])
        elif key == "kind" and value in {"pattern", "lighthouse"}:
            wanted &= Q(**{f"{value}__isnull": False})
    return wanted
