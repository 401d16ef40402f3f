"""The home page: one box for a question or a search, and what the library holds."""

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from inference.questions import reading
from inference.searching.query import LONGEST
from inference.showing.examples import examples
from patterns.queries.changed import changed
from patterns.queries.changes import Change
from patterns.queries.domains import domains
from patterns.queries.library import library_state, published, published_lighthouses, remembered
from patterns.queries.wanted import wanted

DOMAINS = 24
CHANGED = LIGHTHOUSES = WANTED = 6
QUESTIONS = 5
WEEK = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """GET shows the page: one query while the library is remembered. POST is the box's *Search* button."""
    if request.method == "POST":
        words = request.POST.get("question", "")[: 2 * LONGEST]
        return HttpResponseRedirect(f"{reverse('search')}?{urlencode({'q': words})}")
    state = library_state()
    found = remembered(f"home:{get_language()}", lambda: _library(state), state=state)
    return render(request, "inference/home.html", {"key": secrets.token_urlsafe(12), **found})


def _library(state: int) -> dict[str, Any]:
    """What the page tells of the library: the same for everyone until it changes."""
    all_domains, places, missing = domains(), published_lighthouses(), wanted(state=state)
    return {
        "patterns": published().count(),
        "examples": examples(state=state),
        "domains": all_domains[:DOMAINS],
        "more_domains": all_domains[DOMAINS:],
        "changes": this_week(changed()),
        "places": places.count(),
        "lighthouses": list(places.order_by("title", "pk").only("slug", "title", "tagline", "country")[:LIGHTHOUSES]),
        "questions": reading.newest(QUESTIONS),
        "wanted": missing[:WANTED],
        "all_wanted": len(missing),
    }


def this_week(changes: tuple[Change, ...]) -> list[Change]:
    """The last changes of seven days, each thing once."""
    since, once = timezone.now() - WEEK, {}
    for change in changes:
        if change.at >= since:
            once.setdefault((change.address, change.many and change.verb), change)
    return list(once.values())[:CHANGED]
