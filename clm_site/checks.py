"""System checks: settings that each look fine and together do not work."""

from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.http.request import validate_host


@register("clm")
def waits_are_ordered(**_kwargs: Any) -> list[CheckMessage]:
    """Each wait must outlast the one inside it, or healthy work is taken for dead."""
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    ladder = [
        ("a heartbeat (HEARTBEAT_EVERY × 2)", settings.HEARTBEAT_EVERY * 2),
        ("ANSWER_LOST_AFTER", settings.ANSWER_LOST_AFTER),
        ("ANSWER_TIME_LIMIT", settings.ANSWER_TIME_LIMIT),
        ("the broker's visibility_timeout", visibility),
    ]
    return [
        Error(
            f"{longer} ({b} s) must be longer than {shorter} ({a} s).",
            hint="Otherwise work that goes well is started a second time.",
            id="clm.E001",
        )
        for (shorter, a), (longer, b) in pairwise(ladder)
        if b <= a
    ]


@register("clm")
def own_address_is_allowed(**_kwargs: Any) -> list[CheckMessage]:
    parts = urlsplit(settings.PUBLIC_URL)
    found: list[CheckMessage] = []
    if not validate_host(parts.hostname or "", settings.ALLOWED_HOSTS) and f"[{parts.hostname}]" not in (
        settings.ALLOWED_HOSTS
    ):
        found.append(
            Error(
                f"CLM_PUBLIC_URL is {settings.PUBLIC_URL}, but ALLOWED_HOSTS does not name {parts.hostname}.",
                hint=f"Set ALLOWED_HOSTS={parts.hostname}.",
                id="clm.E002",
            )
        )
    if settings.PUBLIC_URL not in settings.CSRF_TRUSTED_ORIGINS:
        found.append(
            Warning(
                f"CSRF_TRUSTED_ORIGINS does not hold {settings.PUBLIC_URL}: forms sent through a proxy are refused.",
                hint="Leave it unset, or add the address.",
                id="clm.W001",
            )
        )
    return found


@register(Tags.security, deploy=True)
def public_sites_use_https(**_kwargs: Any) -> list[CheckMessage]:
    if settings.SECURE:
        return []
    return [
        Warning(
            f"CLM_PUBLIC_URL is {settings.PUBLIC_URL}: sessions and passwords would travel in the clear.",
            hint="Serve the site by https and set CLM_PUBLIC_URL=https://… .",
            id="clm.W002",
        )
    ]
