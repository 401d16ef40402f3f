"""The moderator's one-time link, and what it says when it is spent."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from patterns.people import second_step, sessions
from patterns.people.signin import spend


@never_cache
@require_GET  # HEAD and previews do not spend it
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    user = spend(token)
    if user is None:
        messages.error(
            request, _("That sign-in link was used already or has expired. The command sign_in_link makes a new one.")
        )
        return redirect("account_login")
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    sessions.begin(request, user)
    second_step.record(request, user, method=second_step.BY_LINK)
    messages.success(request, _("You are signed in as moderator."))
    return redirect("home")
