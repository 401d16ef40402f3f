"""What went wrong, in words: a designed page for every status the site answers with.

The arguments are Django's (https://docs.djangoproject.com/en/5.2/topics/http/views/#customizing-error-views).
"""

import logging
import re
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import requires_csrf_token

from patterns.models import Lighthouse, Pattern
from patterns.naming.nearest import nearest
from patterns.people.bans import Banned
from patterns.queries.publication import open_retirement, successor_of
from patterns.views import kept

log = logging.getLogger(__name__)

RETRY = "30"  # seconds
NEAR = 4  # suggestions
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_NAME = re.compile(r"[\w-]{3,120}")
# For the day when not even a template can be read.
_BARE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Something broke on our side</title>"
    "<h1>Something broke on our side</h1><p>It is our mistake, not yours. Try again in a minute.</p>"
)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, _TOO_LARGE):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, Banned):
        return kept.banned(request, exception)
    if getattr(request, "htmx", False):
        return kept.forbidden(request, _reason(exception))
    return render(request, "403.html", {"reason": _reason(exception)}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say so, and offer what has a name like the one in the address."""
    context = {"reason": _reason(exception), "near": _near(request), "asked": _asked(request).replace("-", " ")}
    return render(request, "404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Without the request: neither its session nor its account may be read when the database is what failed.

    A database that is away for a moment is no mistake in a page, and says so.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    try:
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    except Exception:  # whatever is wrong with the templates, the visitor gets an answer
        log.exception("the page for %s failed", status)
        response = HttpResponse(_BARE, status=status)
    if away:
        response["Retry-After"] = RETRY
    return response


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Keep the text of one of our own forms whose token is no longer good."""
    return kept.unproven(request)


def gone(request: HttpRequest, *, title: str, thing: Pattern | Lighthouse | None = None) -> HttpResponse:
    """Say that something was here and was taken out, why, and where to go instead."""
    retirement = open_retirement(thing) if thing is not None else None
    context = {"title": title, "retirement": retirement, "successor": successor_of(retirement)}
    return asked_again(render(request, "410.html", context, status=410))


def asked_again(response: HttpResponse) -> HttpResponse:
    """Have browsers ask again: left to themselves they keep *gone* and *moved* for ever, and both can be taken back."""
    response["Cache-Control"] = "no-cache"
    return response


def too_many(request: HttpRequest, *, reason: str = "") -> HttpResponse:
    """Say that somebody asked for too much in a short time; for views that have no form to show it beside."""
    response = render(request, "429.html", {"reason": reason}, status=429)
    response["Retry-After"] = RETRY
    return response


def _asked(request: HttpRequest) -> str:
    """The name in the address: of the pattern or lighthouse it means, else its last part where that could be one."""
    match = request.resolver_match
    name = str(match.kwargs.get("slug", "")) if match else ""
    name = name or request.path_info.rstrip("/").rpartition("/")[2]
    return name if _NAME.fullmatch(name.replace(" ", "-")) else ""


def _near(request: HttpRequest) -> list[tuple[str, str]]:
    """What may have been meant: (title, address)."""
    name = _asked(request)
    try:
        found = nearest(name, limit=NEAR) if name else ()
    except DatabaseError:
        found = ()  # the page says what it came to say
    return [(one.title, reverse(one.kind, args=[one.slug])) for one in found]


def _reason(exception: Exception | None) -> str:
    """Return what the view said, when it was one of our sentences rather than the router's."""
    said = exception.args[0] if exception is not None and exception.args else ""
    return said if isinstance(said, str) and said.endswith(".") else ""
