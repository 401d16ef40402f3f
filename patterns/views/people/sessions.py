"""Where one is signed in, and how to end it there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from patterns.people import sessions as domain


@require_safe
@never_cache
@login_required
def own_sessions(request: HttpRequest) -> HttpResponse:
    rows = domain.sessions_of(request.user)
    if not any(domain.is_current(request, row) for row in rows):
        rows.insert(0, domain.begin(request, request.user))  # older than the list itself
    listed = [(row, domain.is_current(request, row)) for row in rows]
    return render(request, "people/sessions.html", {"sessions": sorted(listed, key=lambda pair: not pair[1])})


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    found = [row for row in domain.sessions_of(request.user) if row.pk == pk]
    if not found:
        raise Http404(_("That session is over already."))
    if domain.is_current(request, found[0]):
        return redirect("account_logout")
    domain.end(found[0], actor=request.user)
    messages.success(request, _("Ended. Whoever used it there has to sign in again."))
    return redirect("own_sessions")


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    count = domain.end_others(request)
    said = ngettext("%(n)s other session is ended.", "%(n)s other sessions are ended.", count) % {"n": count}
    messages.success(request, said if count else _("You are signed in nowhere else now."))
    return redirect("own_sessions")
