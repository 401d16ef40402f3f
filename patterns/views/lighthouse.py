"""Lighthouses: real places, and the patterns they say they use."""

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patterns.enums import PublicationState
from patterns.models import Lighthouse
from patterns.queries import front, reading
from patterns.queries.library import published_lighthouses
from patterns.rendering import revision_html
from patterns.views.errors import gone
from patterns.views.revisions import revision_page


@require_safe
def lighthouses(request: HttpRequest) -> HttpResponse:
    found = published_lighthouses().annotate(uses=Count("adoptions")).order_by("title")
    return render(request, "patterns/lighthouses.html", {"lighthouses": found})


@require_safe
def lighthouse(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a lighthouse. Three queries, however many patterns it uses."""
    found = _published(request, slug)
    if isinstance(found, HttpResponse):
        return found
    context = {
        "lighthouse": found,
        "revision": found.current,
        "rendered": revision_html(found.current),
        "adopted": reading.adopted_by(found),
        "sources": front.sources(found.current.front),
    }
    return render(request, "patterns/lighthouse.html", context)


@require_safe
def lighthouse_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one revision, with the passage marked that the address names."""
    found = _published(request, slug)
    if isinstance(found, HttpResponse):
        return found
    revision = reading.find_revision(found, number)
    if revision is None:
        raise Http404(_("This lighthouse has no such revision."))
    return revision_page(request, found, revision)


def _published(request: HttpRequest, slug: str) -> Lighthouse | HttpResponse:
    found = reading.find_lighthouse(slug)
    if found is None:
        raise Http404(_("There is no lighthouse at this address."))
    return gone(request, title=found.title) if found.state != PublicationState.PUBLISHED else found
