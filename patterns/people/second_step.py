"""Whether this session was proved by a second step, and who must: what reviewers decide, everybody reads.

The sign-in itself leaves a record in the session (django-allauth's), so that asking costs no query. A one-time link
counts as one: who can print it commands the machine (see ADR 0022).
"""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from patterns.people.models import User

BY_CODE, BY_LINK = "mfa", "one_time_link"
NO_TEXT = frozenset({"csrfmiddlewaretoken", "version", "decision", "action", "key"})


def is_missing(request: HttpRequest) -> bool:
    """Whether who is signed in needs a second step for the page, and has not shown one. No query."""
    return settings.MFA_REQUIRED and not proved(request)


def proved(request: HttpRequest) -> bool:
    """Whether who is signed in in this session showed a second thing besides a password. No query."""
    methods = {record.get("method") for record in get_authentication_records(request, request.user)}
    return bool(methods & {BY_CODE, BY_LINK})


def record(request: HttpRequest, user: User, *, method: str) -> None:
    """Write into the session that `user` proved themselves by `method`."""
    record_authentication(request, user, method=method)


def forget(request: HttpRequest) -> None:
    """Take the proof by code out of the session again: who turns the second step off has none any more."""
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one.get("method") != BY_CODE]


def lead_to_it(request: HttpRequest) -> HttpResponse:
    """Lead to the page that says why a second step is needed. What a form sent is shown there, so that none is lost."""
    if request.method in {"GET", "HEAD"}:
        return redirect(f"{reverse('second_step')}?{urlencode({'next': request.get_full_path()})}")
    typed = [text for name, text in request.POST.items() if name not in NO_TEXT and len(text.strip()) > 1]
    return render(request, "people/second_step.html", {"typed": typed, "next": reverse("review_queue")}, status=403)
