"""The browse page: every published pattern, cut by facets."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from patterns.queries.browsing import Browsing
from patterns.queries.facets import facets
from patterns.queries.library import library_state, remembered
from patterns.queries.listing import listing

SORTS = (("title", _("Title")), ("recent", _("Recently changed")), ("confidence", _("Confidence")))


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """List patterns; words (`?q=`) are for the search page. A page past the end is a 404 that shows the way back."""
    if words := request.GET.get("q", "").strip():
        return HttpResponseRedirect(f"{reverse('search')}?{urlencode({'q': words})}")
    browsing = Browsing.from_query(request.GET)
    key = f"browse:{get_language()}:{browsing.sort}:{browsing.page}:{browsing.key}"
    exists, content = remembered(key, lambda: _content(browsing), state=library_state())
    context = {"content": content, "page": browsing.page}
    return render(request, "patterns/browse.html", context, status=200 if exists else 404)


def _content(browsing: Browsing) -> tuple[bool, SafeString]:
    """Return whether there is such a page, and what it says: the same for everyone until the library changes."""
    found = listing(browsing)
    context = {
        "listing": found,
        "facets": facets(browsing),
        "sorts": [(name, label, browsing.address(sort=name)) for name, label in SORTS],
        "before": browsing.address(page=browsing.page - 1) if browsing.page > 1 else "",
        "after": browsing.address(page=browsing.page + 1) if browsing.page < found.pages else "",
        "last_page": browsing.address(page=found.pages),
    }
    return found.exists, render_to_string("patterns/_listing.html", context)
