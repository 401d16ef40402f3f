"""Why a reviewer needs a second step at sign-in, and the way to it."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from patterns.people.second_step import proved


@require_safe
@never_cache
@login_required
def second_step(request: HttpRequest) -> HttpResponse:
    """Say why, and lead to setting it up or, where it is set up, to using it in this session."""
    next_url = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(next_url, allowed_hosts=None):
        next_url = "/review/"
    if proved(request):
        return redirect(next_url)
    request.session["second_step_next"] = next_url
    known = is_mfa_enabled(request.user)
    return render(request, "people/second_step.html", {"next": next_url, "known": known})
