"""Who asks, without knowing who it is: a random id in the visitor's own session, never an address."""

import secrets

from django.http import HttpRequest

_KEY = "visitor"


def visitor(request: HttpRequest) -> str:
    """The id of this session, made at the first question."""
    found = request.session.get(_KEY)
    if not found:
        found = request.session[_KEY] = secrets.token_urlsafe(12)
    return found


def known_visitor(request: HttpRequest) -> str:
    """The id of this session where it has one; nothing is made."""
    return request.session.get(_KEY, "")
