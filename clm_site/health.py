"""Three addresses for machines: is the process alive, could it serve a visitor now, and what does it count."""

import ipaddress
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clm_site.stores import postgres_answers, redis_answers

_migrated: list[bool] = []


@never_cache
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Alive: touches no store, so that a store that is down does not get the web process killed."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Ready: 200, or 503 with the reasons in words."""
    reasons = reasons_against()
    return JsonResponse({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, for this machine or for who knows CLM_METRICS_TOKEN."""
    from clm_site.metrics import exposition

    if not may_read_metrics(request):
        return HttpResponse(
            "Metrics are for this machine, or send the header Authorization: Bearer <CLM_METRICS_TOKEN>.\n",
            status=403,
            content_type="text/plain",
        )
    body, content_type = exposition()
    return HttpResponse(body, content_type=content_type)


def reasons_against() -> list[str]:
    """Why a visitor could not be served now; empty when all is well."""
    redis = "" if redis_answers() else "Redis does not answer."
    return [reason for reason in (_database(), redis) if reason]


def may_read_metrics(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if settings.METRICS_TOKEN:
        return secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    # A reverse proxy on this machine makes every visitor look local; its headers give it away.
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    try:
        return not forwarded and ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _database() -> str:
    if not postgres_answers():
        return "PostgreSQL does not answer."
    return f"{len(waiting)} migrations wait; run manage.py migrate." if (waiting := _waiting_migrations()) else ""


def _waiting_migrations() -> list[str]:
    from clm_site.supervisor.preparing import pending_migrations

    # Once all are applied they stay so for as long as this code runs.
    if not _migrated:
        waiting = pending_migrations()
        if waiting:
            return waiting
        _migrated.append(True)
    return []
