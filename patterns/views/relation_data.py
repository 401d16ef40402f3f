"""The relations of a pattern as JSON or Markdown, at the address of the page: `?format=`, or what `Accept` prefers."""

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from patterns.models import Pattern
from patterns.queries.numbers import number_in
from patterns.queries.relation_groups import Neighbour, in_words
from patterns.syndication.relations_as_data import as_json, as_markdown

PAGE = 100


def respond(request: HttpRequest, pattern: Pattern, found: Sequence[Neighbour], form: str) -> HttpResponse:
    """Answer with one page of `found`, approved first and what is in doubt last. One query where some are in doubt."""
    pages = max(1, -(-len(found) // PAGE))
    page = number_in(request.GET.get("page", "1")) or 1
    if page > pages:
        raise Http404(_("There is no such page of this list."))
    part = found[(page - 1) * PAGE : page * PAGE]
    if form == "text":
        with translation.override("en"):  # as all plain text: machines read it
            said = as_markdown(pattern.title, in_words(part), address=_address, page=page, pages=pages)
        response: HttpResponse = HttpResponse(said, content_type="text/markdown; charset=utf-8")
    else:
        response = JsonResponse(
            {
                "pattern": {"slug": pattern.slug, "title": pattern.title, "address": _address(pattern.slug)},
                "total": len(found),
                "page": page,
                "pages": pages,
                "relations": as_json(in_words(part), address=_address),
            }
        )
    response["Link"] = f'<{settings.PUBLIC_URL}{reverse("relations_of", args=[pattern.slug])}>; rel="canonical"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _address(slug: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('pattern', args=[slug])}"
