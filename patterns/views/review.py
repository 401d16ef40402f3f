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
from patterns.models import ReviewItem
from patterns.people.roles import reviewer_required
from patterns.queries import review as queries
from patterns.queries import reviewing
from patterns.queries.queue import next_for
from patterns.review import ReviewError, closing
from patterns.review.filters import Filters, Place, joined
from patterns.review.forms import DecisionForm
from patterns.views import item_desk as desk
from patterns.views.queue import side


@require_safe
@reviewer_required
def review_item(request: HttpRequest, pk: int) -> HttpResponse:
    return item_page(request, found_item(pk))


@require_POST
@reviewer_required
def review_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item, or hold it for longer."""
    item = found_item(pk)
    desk.keep(request, item)
    try:
        review.claim(item, reviewer=request.user)
    except ReviewError as problem:
        return item_page(request, found_item(pk), said=str(problem), status=problem.status)
    return redirect(item.get_absolute_url() + _here(request))


@require_POST
@reviewer_required
def review_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an item back."""
    item = found_item(pk)
    desk.keep(request, item)
    review.release(item, reviewer=request.user)
    return redirect(item.get_absolute_url() + _here(request))


@require_POST
@reviewer_required
def review_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, decline or ask for changes, with a comment where one was begun; then go on to the next item."""
    item, form = found_item(pk), DecisionForm(request.POST)
    if not form.is_valid():
        said = _("Choose what to do, and keep the reason under 4,000 characters. Your text is kept below.")
        return item_page(request, item, said=said, status=422)
    decided = form.cleaned_data
    try:
        closing.decide_and_say(
            item, reviewer=request.user, decision=decided["decision"], version=decided["version"],
            reason=desk.reason_of(request, item), ticks=desk.ticks_of(request), sure="sure" in request.POST,
            words=desk.words_of(request), submission=reviewing.submission_of(item),
            chosen=request.POST.getlist("chosen"),
        )  # fmt: skip
    except ReviewError as problem:
        return item_page(request, found_item(pk), problem=problem, said=str(problem), status=problem.status)
    messages.success(request, _DONE[Decision(decided["decision"])] % {"title": item.title})
    filters = Filters.read(request.GET)
    following = next_for(request.user, filters=filters, besides=item)
    return redirect((following.get_absolute_url() if following else reverse("review_queue")) + joined(filters.query()))


def shown(request: HttpRequest, pk: int, *, said: str, reason: str, status: int) -> HttpResponse:
    """The page of an item with what stood in the way, for kinds that decide by a form of their own."""
    return item_page(request, found_item(pk), said=said, reason=reason, status=status)


def found_item(pk: int) -> ReviewItem:
    item = queries.find_item(pk)
    if item is None:
        raise Http404(_("There is no such item in the review queue."))
    return item


def _here(request: HttpRequest) -> str:
    """The part of the queue that stands beside the item, as the address says."""
    filters, place = Filters.read(request.GET), Place.read(request.GET)
    return joined(filters.query(), place.query if place else "")


def item_page(
    request: HttpRequest,
    item: ReviewItem,
    *,
    said: str = "",
    reason: str = "",
    problem: ReviewError | None = None,
    status: int = 200,
) -> HttpResponse:
    """One item beside the list; what a failed post brought is kept and shown again."""
    kind, claim, listed = review.kind_of(item), review.live_claim(item), side(request)
    reviews = list(queries.reviews_of(item))
    own = item.author_id == request.user.pk
    held = claim is not None and claim.reviewer_id != request.user.pk
    answered = any(one.item_version == item.version for one in reviews)
    context = {
        **listed,
        **kind.describe(item),
        "item": item,
        "why": review.words(item, now=timezone.now()),
        "kind": kind,
        "claim": claim,
        "mine": claim is not None and not held,
        "held": held,
        "own": own,
        "waits_for_author": item.open and answered,
        "closed_to_me": not kind.open_to(request.user),
        "decidable": item.open and not answered and not own and kind.open_to(request.user),
        "choices": kind.choices(item, request.user) if kind.choices else (),
        "decisions": [(one.value, one) for one in kind.decisions if not kind.own_form],
        "said": said,
        **desk.laid(request, item, kind=kind, reviews=reviews, problem=problem),
        **desk.beside(item, [row.item for row in listed["rows"]]),
    }
    if reason:
        context["form"] = DecisionForm(initial={"version": item.version, "reason": reason})
    return render(request, "patterns/review.html", context, status=status)


_DONE = {
    Decision.ACCEPT: gettext_lazy("“%(title)s” is accepted."),
    Decision.DECLINE: gettext_lazy("“%(title)s” is declined, and its author can read why."),
    Decision.REQUEST_CHANGES: gettext_lazy("“%(title)s” is back with its author, who can read what to change."),
}
