"""The pattern page, its revisions and its history."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patterns.enums import PublicationState
from patterns.models import Pattern
from patterns.queries import front, reading
from patterns.queries.library import library_state, remembered
from patterns.queries.relations import relations_in_words
from patterns.rendering import revision_html
from patterns.views.errors import gone
from patterns.views.revisions import revision_page


@require_safe
def pattern(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a pattern as it stands now. Two queries while what stands around it is remembered, else four."""
    found = _published(request, slug, "pattern")
    if isinstance(found, HttpResponse):
        return found
    everything = request.GET.get("relations") == "all"
    key = f"rail:{get_language()}:{found.pk}:{everything}"
    context = {
        "pattern": found,
        "revision": found.current,
        "rendered": revision_html(found.current),
        "wordings": front.wordings(found.current.front),
        "rail": remembered(key, lambda: _rail(found, everything=everything), state=library_state()),
    }
    return render(request, "patterns/pattern.html", context)


def _rail(pattern: Pattern, *, everything: bool) -> SafeString:
    """Return what stands around the text: the same for everyone until the library changes."""
    context = {
        "relations": relations_in_words(pattern, everything=everything),
        "everything": everything,
        "adoptions": reading.adoptions_of(pattern),
        "assessment": front.assessment(pattern.current.front),
        "sources": front.sources(pattern.current.front),
    }
    return render_to_string("patterns/_rail.html", context)


@require_safe
def pattern_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one revision; `?start=…&end=…` (characters of its body) marks the passage that somebody cited."""
    found = _published(request, slug, "pattern_revision", number)
    if isinstance(found, HttpResponse):
        return found
    revision = reading.find_revision(found, number)
    if revision is None:
        raise Http404(_("This pattern has no such revision."))
    return revision_page(request, found, revision, history_url=reverse("pattern_history", args=[found.slug]))


@require_safe
def pattern_history(request: HttpRequest, slug: str) -> HttpResponse:
    found = _published(request, slug, "pattern_history")
    if isinstance(found, HttpResponse):
        return found
    return render(request, "patterns/history.html", {"thing": found, "revisions": reading.revisions_of(found)})


def _published(request: HttpRequest, slug: str, view: str, *more: int) -> Pattern | HttpResponse:
    """Return the pattern, or the answer to give instead: moved for good, or taken out."""
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
