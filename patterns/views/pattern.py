"""The pattern page, its revisions and its history."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patterns.enums import PublicationState
from patterns.models import Pattern
from patterns.queries import front, reading
from patterns.queries.passages import passage_from
from patterns.queries.relations import relations_in_words
from patterns.rendering import revision_html
from patterns.rendering.stored import render_revision
from patterns.views.errors import gone


@require_safe
def pattern(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a pattern as it stands now. Four queries, however long it is and however many it is related to."""
    found = _published(request, slug, "pattern")
    if isinstance(found, HttpResponse):
        return found
    everything = request.GET.get("relations") == "all"
    context = {
        "pattern": found,
        "revision": found.current,
        "rendered": revision_html(found.current),
        "wordings": front.wordings(found.current.front),
        "assessment": front.assessment(found.current.front),
        "sources": front.sources(found.current.front),
        "relations": relations_in_words(found, everything=everything),
        "everything": everything,
        "adoptions": reading.adoptions_of(found),
    }
    return render(request, "patterns/pattern.html", context)


@require_safe
def pattern_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one revision; `?start=…&end=…` (characters of its body) marks the passage that somebody cited."""
    found = _published(request, slug, "pattern_revision", number)
    if isinstance(found, HttpResponse):
        return found
    revision = reading.find_revision(found, number)
    if revision is None:
        raise Http404(_("This pattern has no such revision."))
    passage = passage_from(request.GET)
    rendered = render_revision(revision, passage=passage) if passage else revision_html(revision)
    context = {
        "thing": found,
        "revision": revision,
        "rendered": rendered,
        "marked": 'id="passage"' in rendered.html,
        "asked_for_passage": passage is not None,
        "history_url": reverse("pattern_history", args=[found.slug]),
    }
    return render(request, "patterns/revision.html", context)


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
