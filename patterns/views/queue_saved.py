"""The lists a reviewer keeps under a name: with their counts, to open, rename, order and delete."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from patterns.models import SavedView
from patterns.people.roles import reviewer_required
from patterns.queries import queue_counts
from patterns.queries.queue_counts import Bounded
from patterns.review.errors import ReviewError
from patterns.review.filters import Filters
from patterns.review.saved import BUILT_IN, MOST_VIEWS, ViewError, delete_view, move_view, rename_view, save_view
from patterns.views.queue_lists import SORT_LABELS, STATE_LABELS, address, chips, list_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A list with its count and its filters in words; `view` where it is one's own."""

    label: Any
    url: str
    count: Bounded
    words: list[str]
    view: SavedView | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@reviewer_required
def review_views(request: HttpRequest) -> HttpResponse:
    """Show them with their counts, in two queries besides the account's; or keep the list one is looking at."""
    if request.method != "POST":
        return _page(request)
    filters = Filters.read(QueryDict(request.POST.get("query", "")[:2_000]))
    name = request.POST.get("name", "")
    try:
        view = save_view(request.user, name=name, filters=filters)
    except (ViewError, ReviewError) as problem:
        return _page(request, said=str(problem), name=name, query=filters.query(), status=problem.status)
    messages.success(request, _("“%(name)s” is kept. You find it beside the others.") % {"name": view.name})
    return redirect(address(filters))


@require_POST
@reviewer_required
def review_view_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename (`act=rename`), order (`up`, `down`) or delete one of one's own lists."""
    view = next((one for one in queue_counts.views_of(request.user) if one.pk == pk), None)
    if view is None:
        raise Http404(_("There is no such list of yours."))
    act = request.POST.get("act", "")
    try:
        if act == "rename":
            rename_view(view, owner=request.user, name=request.POST.get("name", ""))
        elif act == "delete":
            delete_view(view, owner=request.user)
            messages.success(
                request, _("“%(name)s” is deleted. Nothing in the queue has changed.") % {"name": view.name}
            )
        else:
            move_view(view, owner=request.user, way=act)
    except (ViewError, ReviewError) as problem:
        return _page(request, said=str(problem), status=problem.status)
    return redirect(reverse("review_views") + (f"#view-{pk}" if act != "delete" else ""))


def _page(request: HttpRequest, *, said: str = "", name: str = "", query: str = "", status: int = 200) -> HttpResponse:
    saved = queue_counts.views_of(request.user)
    lists = [(one.name, one.filters) for one in BUILT_IN] + [(view.pk, list_of(view)) for view in saved]
    counts = queue_counts.counted(lists, reader=request.user)
    context = {
        "built_in": [Shown(one.label, address(one.filters), counts[one.name], _words(one.filters)) for one in BUILT_IN],
        "own": [
            Shown(view.name, address(wanted), counts[view.pk], _words(wanted), view)
            for view in saved
            for wanted in [list_of(view)]
        ],
        "full": len(saved) >= MOST_VIEWS,
        "said": said,
        "name": name,
        "query": query,
    }
    return render(request, "patterns/review_views.html", context, status=status)


def _words(filters: Filters) -> list[str]:
    order = [str(SORT_LABELS[filters.sort])] if filters.sort != "pressing" else []
    return [str(STATE_LABELS[filters.state]), *(chip.label for chip in chips(filters)), *order]
