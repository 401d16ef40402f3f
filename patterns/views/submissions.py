"""What I proposed and what became of it: a list, and a page for each with its history and the reasons."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from patterns import submissions as domain
from patterns.enums import SubmissionKind
from patterns.models import Submission
from patterns.queries import review as review_queries
from patterns.queries import reviewing
from patterns.queries import submissions as queries
from patterns.review import kind_of
from patterns.review.edit_kind import changes_of


@require_safe
@login_required
def submissions(request: HttpRequest) -> HttpResponse:
    page = queries.own_work(request.user, page=request.GET.get("page", "1")[:9])
    return render(request, "patterns/submissions.html", {"page": page})


@require_safe
@login_required
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    item = queries.item_of(found)
    events = list(found.events.select_related("actor"))
    context = {
        "submission": found,
        "mine": found.author_id == request.user.pk,
        "events": events,
        "answer": events[-1] if events and events[-1].reason else None,
        "item": item,
        "writable": found.state in domain.WRITABLE,
        "open": found.state in domain.OPEN,
    }
    reviews = list(review_queries.reviews_of(item)) if item else []
    context["reviews"] = [(one, reviewing.checked(item, one)) for one in reviews]
    context["discussion"] = reviewing.discussion(
        found, item=item, reviews=reviews, reader=request.user, asked=request.GET.dict()
    )
    if found.kind == SubmissionKind.EDIT:
        context["changes"] = None if context["discussion"] else changes_of(found)
    elif item is not None:
        kind = kind_of(item)
        context |= {"kind": kind, **kind.describe(item)}
    return render(request, "patterns/submission.html", context)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    try:
        domain.withdraw(found, actor=request.user)
    except domain.SubmissionError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Withdrawn. Your text stays here for you."))
    return redirect(found)


def _found(request: HttpRequest, pk: int) -> Submission:
    found = queries.find_submission(pk, reader=request.user)
    if found is None:
        raise Http404(_("There is no submission of yours at this address."))
    return found
