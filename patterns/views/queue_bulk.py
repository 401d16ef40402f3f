"""Many items at once: choose, see what would happen, confirm, read what came of it, and take back what can be."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from patterns.models import BulkAct
from patterns.people.roles import reviewer_required
from patterns.queries import queue_bulk as queries
from patterns.review import ReviewError
from patterns.review.bulk import BulkError, Changed, Chosen, TooMany, carry_out, chosen_of, fingerprint, plan, undo
from patterns.review.filters import Filters, Place, joined

KEY_LENGTH = 64
REASON_LENGTH = 4_000
AT_ONCE = frozenset({BulkAct.Kind.CLAIM, BulkAct.Kind.RELEASE})


@require_POST
@reviewer_required
def review_bulk(request: HttpRequest) -> HttpResponse:
    """Claim or give back what was ticked, which can be undone; of everything else, show what would happen first."""
    kind, chosen = _asked(request)
    if not kind:
        messages.error(request, _("Choose what to do with what you ticked."))
        return redirect(_list_url(request))
    everything = _everything(request)
    try:
        if everything:
            chosen = queries.everything(_filters(request), reader=request.user)
    except TooMany as problem:
        messages.error(request, str(problem))
        return redirect(_list_url(request))
    if not chosen:
        messages.error(request, _("Tick what you mean first."))
        return redirect(_list_url(request))
    if kind in AT_ONCE and not everything:
        return _at_once(request, kind, chosen)
    return _confirm(request, kind, chosen, everything=everything)


@require_POST
@reviewer_required
def review_bulk_do(request: HttpRequest) -> HttpResponse:
    """Carry a confirmed act out, if what it was confirmed for is still so."""
    kind, chosen = _asked(request)
    if not kind or not chosen:
        messages.error(request, _("Tick what you mean first."))
        return redirect(_list_url(request))
    reason = request.POST.get("reason", "")[:REASON_LENGTH]
    everything = _everything(request)
    key = request.POST.get("key", "")[:KEY_LENGTH] or uuid.uuid4().hex
    try:
        if not queries.known_act(key, actor=request.user):
            _unchanged(request, chosen, everything=everything)
        act = carry_out(kind, chosen, actor=request.user, key=key, reason=reason, query=_filters(request).query())
    except (BulkError, ReviewError) as problem:
        if everything and isinstance(problem, Changed):
            try:
                chosen = queries.everything(_filters(request), reader=request.user)
            except TooMany as more:
                problem, everything = more, False
        return _confirm(
            request, kind, chosen, everything=everything, said=str(problem), reason=reason, status=problem.status
        )
    return redirect(act)


@require_safe
@reviewer_required
def review_bulk_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of an act, to whoever did it. Four queries."""
    found = queries.result_of(pk, actor=request.user)
    if found is None:
        raise Http404(_("There is no such act of yours."))
    context = {"result": found, "back": reverse("review_queue") + joined(found.act.query)}
    return render(request, "patterns/review_bulk_result.html", context)


@require_POST
@reviewer_required
def review_bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back what was claimed, or claim again what was given back."""
    found = queries.result_of(pk, actor=request.user)
    if found is None:
        raise Http404(_("There is no such act of yours."))
    try:
        return redirect(undo(found.act, actor=request.user))
    except (BulkError, ReviewError) as problem:
        messages.error(request, str(problem))
        return redirect(found.act)


def _at_once(request: HttpRequest, kind: str, chosen: list[Chosen]) -> HttpResponse:
    """Do what can be undone; of one item, say so on the list it was chosen from."""
    try:
        act = carry_out(kind, chosen, actor=request.user, key=uuid.uuid4().hex, query=_filters(request).query())
    except (BulkError, ReviewError) as problem:
        messages.error(request, str(problem))
        return redirect(_list_url(request))
    if len(chosen) > 1:
        return redirect(act)
    for outcome in act.outcomes.select_related("item"):
        values = {"title": outcome.item.title, "why": outcome.said}
        if not outcome.done:
            messages.error(request, _("“%(title)s”: %(why)s") % values)
        elif kind == BulkAct.Kind.CLAIM:
            messages.success(request, _("You hold “%(title)s” for fifteen minutes.") % values)
        else:
            messages.success(request, _("“%(title)s” is free again.") % values)
    return redirect(_list_url(request))


def _confirm(
    request: HttpRequest, kind: str, chosen: list[Chosen], *, everything: bool, said: str = "", reason: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    planned = plan(kind, chosen, reviewer=request.user)
    context: dict[str, Any] = {
        "plan": planned,
        "act": BulkAct.Kind(kind),
        "everything": everything,
        "count": len(planned.lines),
        "will": fingerprint(line.chosen for line in planned.will),
        "query": request.POST.get("query", ""),
        "place": request.POST.get("place", ""),
        "back": _list_url(request),
        "key": uuid.uuid4().hex,
        "said": said,
        "reason": reason,
        "needs_reason": kind == BulkAct.Kind.DECLINE,
    }
    return render(request, "patterns/review_bulk.html", context, status=status)


def _asked(request: HttpRequest) -> tuple[str, list[Chosen]]:
    """The act and the items a form names. A button beside one row names both: `one=claim 12:3`."""
    kind = request.POST.get("act", "")
    values = request.POST.getlist("shown" if request.POST.get("scope") == "page" else "item")
    if one := request.POST.get("one", ""):
        kind, _space, value = one.partition(" ")
        values = [value]
    return (kind if kind in BulkAct.Kind.values else ""), chosen_of(values)


def _unchanged(request: HttpRequest, chosen: list[Chosen], *, everything: bool) -> None:
    """Raise `Changed` unless what is to be done is what was shown: these items, of the same list where it was all."""
    if fingerprint(chosen) != request.POST.get("will", ""):
        raise Changed
    if everything:
        now = queries.everything(_filters(request), reader=request.user)
        if (str(len(now)), fingerprint(now)) != (request.POST.get("count", ""), request.POST.get("fingerprint", "")):
            raise Changed


def _everything(request: HttpRequest) -> bool:
    return request.POST.get("scope") == "all" and "one" not in request.POST


def _filters(request: HttpRequest) -> Filters:
    return Filters.read(QueryDict(request.POST.get("query", "")[:2_000]))


def _list_url(request: HttpRequest) -> str:
    place = Place.read(QueryDict(request.POST.get("place", "")[:60]))
    return reverse("review_queue") + joined(_filters(request).query(), place.query if place else "")
