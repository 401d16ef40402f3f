"""What the desk of suggested relations does: decide on one, on those ticked, on all that a filter finds, and undo."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from patterns.models import RelationBatch
from patterns.people.roles import reviewer_required
from patterns.queries import desk_rows
from patterns.relating.choosing import Chosen
from patterns.relating.deciding import MOST_PICKED, Outcome, Pick, decide, decide_all
from patterns.relating.undoing import undo
from patterns.review.errors import ReviewError
from patterns.views.desk import ACTS, confirm_page, desk_page, look_again_page, query_of, reason_of


@require_POST
@reviewer_required
def relation_decide(request: HttpRequest) -> HttpResponse:
    """Decide on one row, on those that were ticked, on all of the page; everything a filter finds is looked at first.

    Many at once with doubts about them are looked at once more before they are accepted.
    """
    chosen, act, picks = Chosen.of(request.GET), request.POST.get("act", ""), _picks(request)
    if one := request.POST.get("one", ""):
        act, _colon, pick = one.partition(":")
        picks = _read([pick])
    elif request.POST.get("scope") == "all":
        return confirm_page(request, chosen, act=act, seen=request.POST.get("seen", ""))
    if act not in ACTS:
        return desk_page(request, said=_("Say what to do with them: accept or reject."), status=422)
    if not picks:
        return desk_page(request, said=_("Tick at least one relation, or choose all of this page."), status=422)
    if act == "accept" and len(picks) > 1 and "confirmed" not in request.POST:
        rows = desk_rows.picked([pick.pk for pick in picks], reviewer=request.user)
        if any(row.doubts for row in rows):
            return look_again_page(request, chosen, rows=rows, picks=picks)
    try:
        outcome = decide(picks, reviewer=request.user, act=act, reason=reason_of(request), key=_key(request))
    except ReviewError as problem:
        return desk_page(request, said=str(problem), status=problem.status)
    _tell(request, outcome, act=act)
    here = picks[-1].pk if one else 0
    return _back(request, chosen, at=desk_rows.following(chosen, after=here) if here else None)


@require_POST
@reviewer_required
def relation_decide_all(request: HttpRequest) -> HttpResponse:
    """Decide on everything a filter finds, if that is exactly what was looked at."""
    chosen, act = Chosen.of(request.GET), request.POST.get("act", "")
    if act not in ACTS:
        return render(request, "400.html", status=400)
    seen = request.POST.get("seen", "")
    try:
        outcome = decide_all(
            chosen, seen=seen, reviewer=request.user, act=act, reason=reason_of(request), key=_key(request)
        )
    except ReviewError as problem:
        return confirm_page(request, chosen, act=act, said=str(problem), status=problem.status)
    _tell(request, outcome, act=act)
    return HttpResponseRedirect(reverse("relation_desk"))


@require_POST
@reviewer_required
def relation_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an act back, and say how many relations became what they were."""
    batch = RelationBatch.objects.filter(pk=pk).first()
    if batch is None:
        raise Http404(_("There is no such act."))
    try:
        back = undo(batch, by=request.user)
    except ReviewError as problem:
        return desk_page(request, said=str(problem), status=problem.status)
    left, n = batch.count - back.count, {"n": number_format(back.count)}
    said = ngettext(
        "Taken back: %(n)s relation is as it was.", "Taken back: %(n)s relations are as they were.", back.count
    )
    parts = [said % n]
    if left:
        said = ngettext(
            "%(n)s was decided on again since and stays.", "%(n)s were decided on again since and stay.", left
        )
        parts.append(said % {"n": number_format(left)})
    messages.success(request, " ".join(parts))
    return _back(request, Chosen.of(request.GET))


def _tell(request: HttpRequest, outcome: Outcome, *, act: str) -> None:
    n = {"n": number_format(outcome.count)}
    if outcome.count and act == "accept":
        messages.success(
            request, ngettext("Accepted: %(n)s relation.", "Accepted: %(n)s relations.", outcome.count) % n
        )
    elif outcome.count:
        messages.success(
            request, ngettext("Rejected: %(n)s relation.", "Rejected: %(n)s relations.", outcome.count) % n
        )
    if outcome.changed:
        messages.warning(
            request,
            ngettext("%(n)s was decided by somebody else or changed, and was left alone.",
                     "%(n)s were decided by somebody else or changed, and were left alone.", outcome.changed)
            % {"n": number_format(outcome.changed)},
        )  # fmt: skip
    if outcome.own:
        messages.warning(request, _("What you suggested yourself was left alone: another person decides on it."))


def _back(request: HttpRequest, chosen: Chosen, *, at: int | None = None) -> HttpResponse:
    """Return to the list as it was, at the row `at`; to the groups when there was none."""
    query = query_of(request, chosen)
    return HttpResponseRedirect(
        reverse("relation_desk") + (f"?{query}" if query else "") + (f"#row-{at}" if at else "")
    )


def _picks(request: HttpRequest) -> list[Pick]:
    """What was ticked, or with the scope `page` all that was shown."""
    return _read(request.POST.getlist("shown" if request.POST.get("scope") == "page" else "pick"))


def _read(values: list[str]) -> list[Pick]:
    found = {}
    for value in values[:MOST_PICKED]:
        pk, _colon, mark = value.partition(":")
        if pk.isascii() and pk.isdecimal() and len(pk) <= 18:
            found[int(pk)] = Pick(int(pk), mark[:12])
    return list(found.values())


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")[:64]
