"""The pattern page."""

from urllib.parse import quote, unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from patterns.citing.citations import citations
from patterns.drawing.assessment import pips, profile
from patterns.models import Pattern
from patterns.naming.wordings import LONGEST, PARAMETER, Switch, switch
from patterns.queries import front, reading
from patterns.queries.library import library_state, remembered
from patterns.queries.publication import evidence_of
from patterns.queries.relations import relations_in_words
from patterns.rendering import revision_html
from patterns.views.finding import published_pattern

REMEMBERED = "clm_wording"


@require_safe
def pattern(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a pattern as it stands now. Two queries while what stands around it is remembered, else four.

    One more for what is gold.

    `?wording=tech` calls it what people in that context do; an empty one calls it by its own title again.
    """
    found = published_pattern(request, slug, "pattern")
    if isinstance(found, HttpResponse):
        return found
    everything = request.GET.get("relations") == "all"
    key = f"rail:{get_language()}:{found.pk}:{everything}"
    rendered = revision_html(found.current, edit_url=reverse("suggest_edit", args=[found.slug]))
    wording = switch(front.wordings(found.current.front), wanted=_wanted(request))
    context = {
        "pattern": found,
        "revision": found.current,
        "rendered": rendered,
        "lead": found.summary or rendered.lead,
        "wording": wording,
        "citations": citations(found, found.current),
        "evidence": evidence_of(found),
        "rail": remembered(key, lambda: _rail(found, everything=everything), state=library_state()),
    }
    response = render(request, "patterns/pattern.html", context)
    _remember(request, response, wording)
    return response


def _rail(pattern: Pattern, *, everything: bool) -> SafeString:
    """Return what stands around the text: the same for everyone until the library changes."""
    assessed = front.assessment(pattern.current.front)
    scores = [(score.label, score.value) for score in assessed.scores] if assessed else []
    context = {
        "relations": relations_in_words(pattern, everything=everything),
        "everything": everything,
        "adoptions": reading.adoptions_of(pattern),
        "assessment": assessed,
        "profile": profile(scores, overall=assessed.overall) if assessed and len(scores) > 1 else None,
        "pips": pips(scores[0][1]) if len(scores) == 1 else (),
        "sources": front.sources(pattern.current.front),
    }
    return render_to_string("patterns/_rail.html", context)


def _wanted(request: HttpRequest) -> str:
    """The context this address names, else the one chosen before."""
    asked = request.GET.get(PARAMETER)
    return asked if asked is not None else unquote(request.COOKIES.get(REMEMBERED, ""))[:LONGEST]


def _remember(request: HttpRequest, response: HttpResponse, wording: Switch) -> None:
    """Keep a choice made on this site until the browser is closed; a link from elsewhere chooses nothing."""
    asked, path = request.GET.get(PARAMETER), reverse("browse")
    if asked is None or not _came_from_here(request):
        return
    if wording.chosen:
        response.set_cookie(
            REMEMBERED, quote(wording.chosen.context, safe=""), path=path, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    elif not asked:
        response.delete_cookie(REMEMBERED, path=path, samesite="Lax")


def _came_from_here(request: HttpRequest) -> bool:
    """Browsers say so themselves (Sec-Fetch-Site) where the connection is trusted, else the referrer does."""
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said == "same-origin"
    referrer = request.headers.get("Referer", "")
    return bool(referrer) and url_has_allowed_host_and_scheme(referrer, allowed_hosts={request.get_host()})
