"""Lighthouses: real places, and the patterns they say they use."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from patterns.lighthouses.facts import facts
from patterns.lighthouses.filters import Chosen
from patterns.models import Lighthouse
from patterns.queries import front
from patterns.queries.adoptions import uses_of
from patterns.queries.library import library_state, remembered
from patterns.queries.lighthouses import place_list
from patterns.rendering import revision_html
from patterns.views.finding import published_lighthouse


@require_safe
def lighthouses(request: HttpRequest) -> HttpResponse:
    """List lighthouses; `kind=`, `country=` and `sector=` narrow, `sort=` orders. Three queries, or two."""
    chosen = Chosen.from_query(request.GET)
    listing = place_list(chosen, state=library_state())
    exists = 1 <= chosen.page <= listing.pages
    context = {
        "listing": listing,
        "chosen": chosen,
        "exists": exists,
        "all": chosen.address(values={}),
        "page": chosen.page,
        "pages": listing.pages,
        "before": chosen.address(page=chosen.page - 1) if chosen.page > 1 else "",
        "after": chosen.address(page=chosen.page + 1) if chosen.page < listing.pages else "",
        "last_page": chosen.address(page=listing.pages),
    }
    return render(request, "patterns/lighthouses.html", context, status=200 if exists else 404)


@require_safe
def lighthouse(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a lighthouse. Two queries while what stands around its text is remembered, however many patterns it uses."""
    found = published_lighthouse(request, slug, "lighthouse")
    if isinstance(found, HttpResponse):
        return found
    key = f"lighthouse-rail:{get_language()}:{found.pk}"
    context = {
        "lighthouse": found,
        "revision": found.current,
        "rendered": revision_html(found.current, edit_url=reverse("edit_lighthouse", args=[found.slug])),
        "rail": remembered(key, lambda: _rail(found), state=library_state()),
    }
    return render(request, "patterns/lighthouse.html", context)


def _rail(lighthouse: Lighthouse) -> SafeString:
    """Return what stands around the text: the same for everyone until the library changes."""
    context = {
        "uses": uses_of(lighthouse),
        "facts": facts(lighthouse.current.front),
        "sources": front.sources(lighthouse.current.front),
    }
    return render_to_string("patterns/_lighthouse_rail.html", context)
