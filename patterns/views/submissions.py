"""What I proposed and what became of it: a list, and a page for each with its history and the next step."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from patterns import checks, rendering
from patterns import submissions as domain
from patterns.checks import keeping
from patterns.diffs import changes_between
from patterns.enums import RelationState, SubmissionKind
from patterns.format import parse
from patterns.models import Submission
from patterns.queries import review as review_queries
from patterns.queries import reviewing
from patterns.queries import submissions as queries
from patterns.relating.review_kind import shown
from patterns.review import kind_of
from patterns.review.carrying_over import changes_of
from patterns.writing.fields import values_of
from patterns.writing.works import work_of


@require_safe
@login_required
def submissions(request: HttpRequest) -> HttpResponse:
    """One's own work, what waits for oneself first; `?shelf=` narrows it. Three queries besides the account's."""
    wanted = request.GET.get("shelf", "")[:20]
    context = {
        "page": queries.own_work(request.user, shelf=wanted, page=request.GET.get("page", "1")[:9]),
        "shelves": queries.shelves(request.user),
        "wanted": wanted,
    }
    return render(request, "patterns/submissions.html", context)


@require_safe
@login_required
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    mine = found.author_id == request.user.pk
    if not mine:
        queries.as_sent(found)
    item = queries.item_of(found)
    events = list(found.events.select_related("actor"))
    writable = mine and found.state in domain.WRITABLE
    context = {
        "submission": found,
        "mine": mine,
        "events": events,
        "answer": next((one for one in reversed(events) if one.reason), None),
        "item": item,
        "writable": writable,
        "open": found.state in domain.OPEN,
        "became": found.became.all() if mine else (),
    }
    if found.kind in queries.WRITTEN_KINDS:
        context |= _text(found, writable=writable)
    elif found.kind == SubmissionKind.RELATION:
        # Who still writes reads what the checks say of it now; of what was sent everybody reads the same.
        seen = shown(found, findings=checks.run(found) if writable else keeping.findings_of(found))
        context |= {"relation_shown": True, "edit_url": _form_of_relation(found, seen), **seen}
    elif item is not None:
        kind = kind_of(item)
        context |= {"kind": kind, **kind.describe(item)}
    reviews = list(review_queries.reviews_of(item)) if item else []
    context["reviews"] = [(one, reviewing.checked(item, one)) for one in reviews]
    context["discussion"] = reviewing.discussion(
        found, item=item, reviews=reviews, reader=request.user, asked=request.GET.dict()
    )
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


def _text(found: Submission, *, writable: bool) -> dict[str, Any]:
    """How it reads or what it changes, what its author changed since it was sent, and where it is written on."""
    work, document = work_of(found), parse(found.text)
    sent = queries.sendings(found)
    changed = writable and sent and sent[0].text != found.text
    context = {
        "work": work, "edit_url": f"{work.address}?submission={found.pk}",
        "unsent": changes_between(parse(sent[0].text), document) if changed else None,
    }  # fmt: skip
    if found.based_on is not None:
        return context | {"changes": changes_of(found)}
    values = values_of(document.front, work.fields)
    return context | {
        "document": document,
        "facts": [(field, values[field.name]) for field in work.fields if values[field.name] and field.name != "title"],
        "rendered": rendering.render(document.body, title=document.title),
    }


def _form_of_relation(found: Submission, seen: dict[str, Any]) -> str:
    """Where a relation, or an objection to one, is written on; nowhere once what it is about is gone."""
    relation = seen.get("relation")
    if found.pattern is None or (seen.get("objection") and (not relation or relation.state == RelationState.REJECTED)):
        return ""
    if seen.get("objection"):
        address = reverse("object_relation", args=[found.pattern.slug, relation.pk])
    else:
        address = reverse("suggest_relation", args=[found.pattern.slug])
    return f"{address}?submission={found.pk}"


def _found(request: HttpRequest, pk: int) -> Submission:
    found = queries.find_submission(pk, reader=request.user)
    if found is None:
        raise Http404(_("There is no submission of yours at this address."))
    return found
