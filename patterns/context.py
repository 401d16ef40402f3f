"""What every template knows without being told: the nonce, and which doors this visitor has."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from patterns.enums import Role


def site(request: HttpRequest) -> dict[str, Any]:
    """Add the names the base template uses. No query: the account was read with the session."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "may_admin": signed_in and Role.ADMIN in user.roles,
        "may_review": signed_in and bool({Role.REVIEWER, Role.CURATOR, Role.ADMIN} & set(user.roles)),
        "keeps_mail": settings.EMAIL_BACKEND.endswith("KeptMailBackend"),
        "social_providers": [(name, settings.SOCIAL[name][0]) for name in settings.SOCIAL_PROVIDERS],
        "public_url": settings.PUBLIC_URL,
    }
