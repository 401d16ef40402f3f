"""One page for a revision of anything, because a citation looks the same whatever it cites."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from patterns.models import Lighthouse, Pattern, Revision
from patterns.queries.passages import passage_from
from patterns.rendering import revision_html
from patterns.rendering.stored import render_revision


def revision_page(request: HttpRequest, thing: Pattern | Lighthouse, revision: Revision, **more: Any) -> HttpResponse:
    """Show `revision` of `thing`; `?start=…&end=…` (characters of its body) marks the passage that somebody cited."""
    passage = passage_from(request.GET)
    rendered = render_revision(revision, passage=passage) if passage else revision_html(revision)
    context = {
        "thing": thing,
        "revision": revision,
        "rendered": rendered,
        "marked": 'id="passage"' in rendered.html,
        "asked_for_passage": passage is not None,
        **more,
    }
    return render(request, "patterns/revision.html", context)
