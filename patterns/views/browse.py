"""The browse page: every published pattern, cut by facets."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from patterns.queries.browsing import Browsing
from patterns.queries.facets import facets
from patterns.queries.library import remembered
from patterns.queries.listing import listing

SORTS = (("title", _("Title")), ("recent", _("Recently changed")), ("confidence", _("Confidence")))


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """List patterns; words (`?q=`) are for the search page. A page past the end is a 404 that shows the way back."""
    if words := request.GET.get("q", "").strip():
        return HttpResponseRedirect(f"{reverse('search')}?{urlencode({'q': words})}")
    browsing = Browsing.from_query(request.GET)
    found = listing(browsing)
    panel = remembered(
        f"facets:{get_language()}:{browsing.sort}:{browsing.key}",
        lambda: render_to_string("patterns/_facets.html", {"facets": facets(browsing)}),
        state=found.state,
    )
    sorts = [(name, label, browsing.address(sort=name)) for name, label in SORTS]
    context = {
        "listing": found,
        "facets": panel,
        "sorts": sorts,
        "before": browsing.address(page=browsing.page - 1) if browsing.page > 1 else "",
        "after": browsing.address(page=browsing.page + 1) if browsing.page < found.pages else "",
        "last_page": browsing.address(page=found.pages),
    }
    return render(request, "patterns/browse.html", context, status=200 if found.exists else 404)
