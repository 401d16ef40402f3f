"""One thing of the review queue: what it is, a claim, and a decision that keeps its reason when it fails."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from patterns import review
from patterns.enums import Decision
from patterns.forms import DecisionForm
from patterns.models import ReviewItem
from patterns.people.roles import reviewer_required
from patterns.queries import review as queries
from patterns.queries.queue import next_for
from patterns.review import ReviewError
from patterns.review.filters import Filters, Place, joined
from patterns.views.queue import side


@require_safe
@reviewer_required
def review_item(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(pk))


@require_POST
@reviewer_required
def review_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item, or hold it for longer."""
    item = _found(pk)
    try:
        review.claim(item, reviewer=request.user)
    except ReviewError as problem:
        return _page(request, _found(pk), said=str(problem), status=problem.status)
    return redirect(item.get_absolute_url() + _here(request))


@require_POST
@reviewer_required
def review_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an item back."""
    item = _found(pk)
    review.release(item, reviewer=request.user)
    return redirect(item.get_absolute_url() + _here(request))


@require_POST
@reviewer_required
def review_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, decline or ask for changes; then go on to the next item."""
    item, form = _found(pk), DecisionForm(request.POST)
    if not form.is_valid():
        said = _("Choose what to do, and keep the reason under 4,000 characters. Your text is kept below.")
        return _page(request, item, said=said, reason=request.POST.get("reason", ""), status=422)
    decided = form.cleaned_data
    try:
        review.decide(
            item,
            reviewer=request.user,
            decision=decided["decision"],
            reason=decided["reason"],
            version=decided["version"],
        )
    except ReviewError as problem:
        return _page(request, _found(pk), said=str(problem), reason=decided["reason"], status=problem.status)
    messages.success(request, _DONE[Decision(decided["decision"])] % {"title": item.title})
    filters = Filters.read(request.GET)
    following = next_for(request.user, filters=filters, besides=item)
    return redirect((following.get_absolute_url() if following else reverse("review_queue")) + joined(filters.query()))


def shown(request: HttpRequest, pk: int, *, said: str, reason: str, status: int) -> HttpResponse:
    """The page of an item with what stood in the way, for kinds that decide by a form of their own."""
    return _page(request, _found(pk), said=said, reason=reason, status=status)


def _found(pk: int) -> ReviewItem:
    item = queries.find_item(pk)
    if item is None:
        raise Http404(_("There is no such item in the review queue."))
    return item


def _here(request: HttpRequest) -> str:
    """The part of the queue that stands beside the item, as the address says."""
    filters, place = Filters.read(request.GET), Place.read(request.GET)
    return joined(filters.query(), place.query if place else "")


def _page(
    request: HttpRequest, item: ReviewItem, *, said: str = "", reason: str = "", status: int = 200
) -> HttpResponse:
    kind, claim = review.kind_of(item), review.live_claim(item)
    reviews = list(queries.reviews_of(item))
    own = item.author_id == request.user.pk
    held = claim is not None and claim.reviewer_id != request.user.pk
    answered = any(one.item_version == item.version for one in reviews)
    context = {
        **side(request),
        **kind.describe(item),
        "item": item,
        "why": review.words(item, now=timezone.now()),
        "kind": kind,
        "claim": claim,
        "mine": claim is not None and not held,
        "held": held,
        "own": own,
        "waits_for_author": item.open and answered,
        "decidable": item.open and not answered and not own,
        "choices": kind.choices(item, request.user) if kind.choices else (),
        "reviews": reviews,
        "decisions": [(one.value, one) for one in kind.decisions if not kind.own_form],
        "form": DecisionForm(initial={"version": item.version, "reason": reason}),
        "said": said,
    }
    return render(request, "patterns/review.html", context, status=status)


_DONE = {
    Decision.ACCEPT: gettext_lazy("“%(title)s” is accepted."),
    Decision.DECLINE: gettext_lazy("“%(title)s” is declined, and its author can read why."),
    Decision.REQUEST_CHANGES: gettext_lazy("“%(title)s” is back with its author, who can read what to change."),
}
