"""Flags: the form that raises one, what became of mine, and the decision of a reviewer."""

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patterns import flags
from patterns.flags.forms import FlagDecisionForm, FlagForm
from patterns.flags.targets import target_of
from patterns.people import bans
from patterns.people.guarded import limited, trapped
from patterns.people.roles import reviewer_required
from patterns.queries import safety as queries
from patterns.review import ReviewError
from patterns.views import review as queue

_VISITOR = "flags"  # the session's random id under which a visitor's flags stand


@require_http_methods(["GET", "HEAD", "POST"])
@trapped
@limited("flag")
def flag_new(request: HttpRequest) -> HttpResponse:
    """The form for `?of=kind:ref`; POST keeps the flag and leads to what became of one's own."""
    kind, _colon, ref = request.GET.get("of", "").partition(":")
    reader = request.user if request.user.is_authenticated else None
    thing = flags.find(kind, ref, reader=reader)
    if thing is None:
        raise Http404(_("There is nothing to flag at this address."))
    form = FlagForm(request.POST or None, label_suffix="")
    said, status = "", 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made, new = flags.flag(
                kind, ref, reason=given["reason"], words=given["words"], by=reader,
                visitor="" if reader else _visitor(request),
            )  # fmt: skip
        except flags.FlagError as refused:
            said, status = str(refused), refused.status
        else:
            thanks = _("Thank you. A reviewer looks at it; you find here what becomes of it.")
            messages.success(request, thanks if new else _("You flagged this already. It is being looked at."))
            return HttpResponseRedirect(f"{reverse('flags')}#flag-{made.pk}", status=303)
    elif request.method == "POST":
        status = 422
    context = {"thing": thing, "kind": target_of(kind), "form": form, "said": said}
    return render(request, "moderation/flag_new.html", context, status=status)


@require_safe
def own_flags(request: HttpRequest) -> HttpResponse:
    """What I flagged and what became of it; and what reviewers said to me about my work."""
    user = request.user if request.user.is_authenticated else None
    visitor = str(request.session.get(_VISITOR, ""))
    context = {
        "page": queries.own_flags(by=user, visitor=visitor, page=request.GET.get("page", "1")[:9]),
        "told": queries.warnings_of(user) if user else (),
    }
    response = render(request, "moderation/flags.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@reviewer_required
def flag_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on a flagged thing. Whatever stands in the way is said above the form, which keeps its reason."""
    case = queries.find_case(pk)
    item = queries.item_of(case) if case is not None else None
    if case is None or item is None:
        raise Http404(_("Nothing like this was flagged."))
    form = FlagDecisionForm(request.POST)
    reason = request.POST.get("reason", "")
    if not form.is_valid():
        said = _("Choose what is to be done, and keep the reason under 4,000 characters. Your text is kept below.")
        return queue.shown(request, item.pk, said=said, reason=reason, status=422)
    given = form.cleaned_data
    try:
        flags.decide(
            case, outcome=given["outcome"], reason=given["reason"], reviewer=request.user, version=given["version"],
            ban_days=given["ban_days"],
        )  # fmt: skip
    except (ReviewError, bans.BanError) as problem:
        return queue.shown(request, item.pk, said=str(problem), reason=reason, status=problem.status)
    messages.success(request, _("Decided. Those who flagged it can read your reason."))
    return HttpResponseRedirect(item.get_absolute_url(), status=303)


def _visitor(request: HttpRequest) -> str:
    found = request.session.get(_VISITOR)
    if not found:
        found = request.session[_VISITOR] = secrets.token_urlsafe(12)
    return str(found)
