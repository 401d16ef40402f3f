"""What stands at an address: a published pattern or lighthouse, or the answer to give instead."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from patterns.enums import PublicationState
from patterns.models import Lighthouse, Pattern
from patterns.queries import reading
from patterns.views.errors import asked_again, gone

# What somebody may have cited of a pattern stays readable when it becomes part of another.
PAST: Final = frozenset({"pattern_revision", "pattern_history", "pattern_compare", "cite_pattern"})


def published_pattern(request: HttpRequest, slug: str, view: str, *more: int | str) -> Pattern | HttpResponse:
    """Return the pattern, or the answer to give: moved for good (to `view` with `more`), or taken out."""
    found = reading.find_pattern(slug, merged=view in PAST)
    if found is None:
        raise Http404(_("There is no pattern at this address."))
    if isinstance(found, reading.Moved):
        return moved(request, view, found.slug, *more)
    if found.state != PublicationState.PUBLISHED and found.merged_into_id is None:
        return gone(request, title=found.title, thing=found)
    return found


def published_lighthouse(request: HttpRequest, slug: str, view: str, *more: int | str) -> Lighthouse | HttpResponse:
    """Return the lighthouse, or the answer to give: moved for good, or taken out."""
    found = reading.find_lighthouse(slug)
    if found is None:
        raise Http404(_("There is no lighthouse at this address."))
    if isinstance(found, reading.Moved):
        return moved(request, view, found.slug, *more)
    if found.state != PublicationState.PUBLISHED:
        return gone(request, title=found.title, thing=found)
    return found


def moved(request: HttpRequest, view: str, *arguments: int | str) -> HttpResponse:
    """Lead to `view` for good, with whatever the address asked for."""
    address, query = reverse(view, args=arguments), request.META.get("QUERY_STRING", "")
    return asked_again(HttpResponsePermanentRedirect(f"{address}?{query}" if query else address))
