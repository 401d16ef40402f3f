"""What I was told: the list, one notice that leads to its page, how I want to be told, and the end of all mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patterns.people import notices as domain
from patterns.people.notices.choosing import choose
from patterns.people.notices.forms import CHOSEN, NoticeSettingsForm
from patterns.people.notices.mailing import said_by
from patterns.people.notices.unsubscribing import unsubscribe as end_mails
from patterns.people.notices.unsubscribing import whose
from patterns.queries import notices as queries


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """Two queries besides the account's, however many there are."""
    page = queries.own_notices(request.user, page=request.GET.get("page", "1")[:9])
    rows = [(one, said_by(one)) for one in page]
    return render(request, "patterns/notices.html", {"page": page, "rows": rows})


@require_safe
@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where a notice leads, and remember that it was read."""
    found = queries.find_notice(pk, user=request.user)
    if found is None:
        raise Http404(_("There is no such notice of yours."))
    domain.read(found)
    inside = found.url.startswith("/") and url_has_allowed_host_and_scheme(found.url, allowed_hosts=None)
    return redirect(found.url if inside else "notices")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    domain.read_all(request.user)
    return redirect("notices")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """How often, and about what. The language of the page one saves it on is that of the mails."""
    now = queries.settings_of(request.user)
    shown = {"mail": now.mail, "kinds": [name for name, _label in CHOSEN if name not in now.quiet], "queue": now.queue}
    form = NoticeSettingsForm(request.POST if request.method == "POST" else None, initial=shown)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        choose(request.user, mail=said["mail"], quiet=form.quiet, queue=said["queue"], language=get_language() or "")
        messages.success(request, _("Kept. It holds from the next mail on."))
        return redirect("notices_settings")
    return render(request, "patterns/notices_settings.html", {"form": form}, status=422 if form.errors else 200)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed link is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button for people, because programs open links; a post ends the mails."""
    user = whose(token)
    if user is None:
        raise Http404(_("This link ends nobody's mails. Sign in and choose under Notices how often we write."))
    if request.method == "POST":
        end_mails(user)
    return render(request, "patterns/notices_unsubscribe.html", {"done": request.method == "POST"})
