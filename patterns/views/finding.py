"""What stands at an address: a published pattern or lighthouse, or the answer to give instead."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from patterns.enums import PublicationState
from patterns.models import Lighthouse, Pattern
from patterns.queries import reading
from patterns.views.errors import gone


def published_pattern(request: HttpRequest, slug: str, view: str, *more: int | str) -> Pattern | HttpResponse:
    """Return the pattern, or the answer to give: moved for good (to `view` with `more`), or taken out."""
    found = reading.find_pattern(slug)
    if found is None:
        raise Http404(_("There is no pattern at this address."))
    if isinstance(found, reading.Moved):
        address = reverse(view, args=[found.slug, *more])
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    if found.state != PublicationState.PUBLISHED:
        return gone(request, title=found.title)
    return found


def published_lighthouse(request: HttpRequest, slug: str) -> Lighthouse | HttpResponse:
    """Return the lighthouse, or say that it was taken out."""
    found = reading.find_lighthouse(slug)
    if found is None:
        raise Http404(_("There is no lighthouse at this address."))
    return gone(request, title=found.title) if found.state != PublicationState.PUBLISHED else found
