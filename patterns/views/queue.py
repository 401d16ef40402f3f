"""The review queue: what waits, narrowed as one likes, in pages that cost the same wherever they begin."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from patterns.enums import Decision
from patterns.models import User
from patterns.people.roles import reviewer_required
from patterns.queries import queue as queries
from patterns.queries import queue_counts
from patterns.queries.queue_counts import Bounded
from patterns.review.bulk import MOST
from patterns.review.filters import Filters, Place, joined
from patterns.review.kinds import kinds
from patterns.views import queue_lists as lists
from patterns.views.asked_for import wants_json
from patterns.views.queue_json import queue_as_json

DESK = "relation_desk"


@require_safe
@reviewer_required
@vary_on_headers("Accept")
def review_queue(request: HttpRequest) -> HttpResponse:
    """Show one list. Six queries besides the account's; two more with `?more=1`, which counts every filter.

    Programs get the list as JSON, with the counts: three queries, and the two of `?more=1`.
    """
    filters = Filters.read(request.GET)
    reader = request.user
    in_kinds = queue_counts.kinds_in(filters, reader=reader)
    states = queue_counts.states_in(filters, reader=reader, waiting=_waiting(filters, in_kinds))
    more = request.GET.get("more") == "1"
    everything = queue_counts.everything_in(filters, reader=reader) if more else None
    if wants_json(request):
        page = queries.page_of(filters, reader=reader, place=Place.read(request.GET))
        said = queue_as_json(filters, page, reader=reader, states=states, in_kinds=in_kinds, everything=everything)
        return JsonResponse(said, headers={"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"})
    saved = queue_counts.views_of(reader)
    built_in, own = lists.view_links(filters, saved)
    context = {
        **side(request),
        "states": lists.state_links(filters, states),
        "kinds": lists.kind_links(filters, in_kinds),
        "sorts": lists.sort_links(filters),
        "chips": lists.chips(filters),
        "built_in": built_in,
        "own_views": own,
        "named": any(link.chosen for link in (*built_in, *own)),
        "total": states[filters.state],
        "holding": states["mine"].count,
        "more": lists.more_links(filters, everything) if everything is not None else None,
        "more_url": lists.address(filters) + ("&" if filters.query() else "?") + "more=1#more",
        "most": MOST,
        "desk": desk(),
        "takes_many": filters.state not in {"author", "decided"},
        "others_url": lists.address(filters, others=not filters.others),
        "takes_accept": any(kind.bulk_accept and Decision.ACCEPT in kind.decisions for kind in kinds()),
    }
    if not context["rows"]:
        context |= _nothing(filters, reader=reader, states=states)
    return render(request, "patterns/review.html", context)


def side(request: HttpRequest) -> dict[str, Any]:
    """What the list itself needs, beside an item too. One query; the address says which part of which list."""
    filters, place = Filters.read(request.GET), Place.read(request.GET)
    page = queries.page_of(filters, reader=request.user, place=place)
    base = reverse("review_queue")
    return {
        "filters": filters,
        "page": page,
        "rows": page.rows,
        "here": joined(filters.query(), place.query if place else ""),
        "page_query": place.query if place else "",
        "list_url": base + joined(filters.query(), place.query if place else ""),
        "first_url": base + joined(filters.query()) if place else "",
        "before_url": base + joined(filters.query(), page.before.query) if page.before else "",
        "after_url": base + joined(filters.query(), page.after.query) if page.after else "",
    }


def _nothing(filters: Filters, *, reader: User, states: dict[str, Bounded]) -> dict[str, Any]:
    """Why a list is empty, as one word, and what its page says beside it. At most one query."""
    if filters.active:
        return {"empty": "narrowed"}
    if filters.state != "free":
        return {"empty": {"held": "others"}.get(filters.state, filters.state)}
    if states["held"].count:
        return {"empty": "held", "held": states["held"], "free_at": queue_counts.first_end(reader)}
    return {"empty": "mine_all" if states["mine"].count else "own" if states["waiting"].count else "waiting"}


def desk() -> dict[str, Any] | None:
    """The desk of suggested relations with how many wait there, where this site has one. One query then."""
    try:
        url = reverse(DESK)
    except NoReverseMatch:
        return None
    return {"url": url, "count": queue_counts.suggested_relations()}


def _waiting(filters: Filters, in_kinds: dict[str, int]) -> int | None:
    """How many wait under the filters, where counting the kinds has told it."""
    if filters.state != "waiting":
        return None
    return sum(number for kind, number in in_kinds.items() if not filters.kinds or kind in filters.kinds)
