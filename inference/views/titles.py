"""Titles for what somebody is typing: a list for the search boxes, or JSON for programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from inference.titles.index import LONGEST
from inference.titles.suggesting import KINDS, Suggestion, suggest
from patterns.views.asked_for import wants_json

KEPT = "private, max-age=30"  # by the browser, so that a letter taken back costs nothing


@require_safe
def titles(request: HttpRequest) -> HttpResponse:
    """`?q=` what was typed so far, `kind=` pattern or lighthouse alone; JSON by `format=json` or `Accept`. One query.

    `choosing=yes` says that the field takes a title and searches nothing, so that the list does not promise it.
    """
    query = " ".join(request.GET.get("q", "")[: 4 * LONGEST].replace("\0", " ").split())[:LONGEST]
    if request.GET.get("q", "")[-1:].isspace() and query:
        query += " "  # the last word is whole
    kind = request.GET.get("kind", "")
    found = suggest(query, kind=kind if kind in KINDS else "")
    if wants_json(request):
        response: HttpResponse = JsonResponse({"query": query.strip(), "results": [_as_json(one) for one in found]})
    else:
        # Without the request: nothing here depends on who asks, so nobody's session is read.
        context = {"query": query.strip(), "found": found, "choosing": bool(request.GET.get("choosing"))}
        response = HttpResponse(render_to_string("inference/_titles.html", context))
    response["Cache-Control"] = KEPT
    response["Vary"] = "Accept, Accept-Language, Cookie"
    response["X-Robots-Tag"] = "noindex"
    return response


def _as_json(one: Suggestion) -> dict[str, str]:
    return {
        "kind": one.kind,
        "slug": one.slug,
        "title": one.title,
        "address": one.address,
        "note": one.note,
        "matched": one.how,
        "known_as": "".join(stretch.text for stretch in one.known_as),
    }
