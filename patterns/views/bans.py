"""Bans: who may not contribute at the moment and why, and the forms that propose, lay on, turn down and lift."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patterns.models import Ban
from patterns.people import bans as domain
from patterns.people.moderation_forms import BanForm
from patterns.people.roles import is_admin, is_curator, reviewer_required
from patterns.queries import safety as queries


@require_safe
@reviewer_required
def bans(request: HttpRequest) -> HttpResponse:
    return _list(request)


@require_http_methods(["GET", "HEAD", "POST"])
@reviewer_required
def ban_new(request: HttpRequest) -> HttpResponse:
    """The form for `?who=` (a public id); without it, `?name=` looks for people. POST bans; a reviewer's proposes."""
    person = queries.find_person(request.GET.get("who", ""))
    if person is None:
        name = " ".join(request.GET.get("name", "").replace("\0", "").split())[:120]
        found = queries.people_named(name) if name else ()
        unknown = bool(request.GET.get("who"))
        context = {"name": name, "found": found, "unknown": unknown}
        return render(request, "moderation/ban_whom.html", context, status=404 if unknown else 200)
    decides = is_curator(request.user) and (is_admin(request.user) or not is_admin(person))
    form, said, status = BanForm(request.POST or None), "", 200
    if request.method == "POST" and form.is_valid():
        act = domain.ban if decides else domain.propose
        try:
            act(person, reason=form.cleaned_data["reason"], until=form.until("length"), by=request.user)
        except domain.BanError as refused:
            said, status = str(refused), refused.status
        else:
            done = _("Banned. They read your reason when they try to contribute.") if decides else _("Proposed.")
            messages.success(request, done)
            return HttpResponseRedirect(reverse("bans"), status=303)
    elif request.method == "POST":
        status = 422
    context = {"person": person, "form": form, "decides": decides, "said": said, "stands": domain.refusal(person)}
    return render(request, "moderation/ban_new.html", context, status=status)


@require_POST
@reviewer_required
def ban_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay a proposed ban on, or turn it down."""
    proposal = _found(pk)
    accept, answer = request.POST.get("accept") == "yes", request.POST.get("answer", "")
    try:
        domain.settle(proposal, accept=accept, by=request.user, answer=answer)
    except domain.BanError as refused:
        return _list(request, said=str(refused), about=pk, text=answer, status=refused.status)
    messages.success(request, _("Banned.") if accept else _("Turned down."))
    return HttpResponseRedirect(reverse("bans"), status=303)


@require_POST
@reviewer_required
def ban_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a ban before its time, with a reason."""
    found, answer = _found(pk), request.POST.get("answer", "")
    try:
        domain.lift(found, by=request.user, reason=answer)
    except domain.BanError as refused:
        return _list(request, said=str(refused), about=pk, text=answer, status=refused.status)
    messages.success(request, _("Lifted. They can contribute again."))
    return HttpResponseRedirect(reverse("bans"), status=303)


def _found(pk: int) -> Ban:
    found = queries.find_ban(pk)
    if found is None:
        raise Http404(_("There is no such ban."))
    return found


def _list(request: HttpRequest, *, said: str = "", about: int = 0, text: str = "", status: int = 200) -> HttpResponse:
    standing, proposed = queries.bans_now()
    context = {
        "standing": standing,
        "proposed": proposed,
        "past": queries.bans_past(page=request.GET.get("page", "1")[:9]),
        "decides": is_curator(request.user),
        "said": said,
        "about": about,
        "text": text,
    }
    return render(request, "moderation/bans.html", context, status=status)
