"""The home page: one box for a question or a search, and what the library holds."""

import secrets
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inference.examples import examples
from inference.searching import LONGEST
from patterns.queries.library import library_state, published, published_lighthouses, remembered

CHANGED = 6
LIGHTHOUSES = 6
WEEK = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """GET shows the page. POST is the box's *Search* button: the same words at the search page's own address."""
    if request.method == "POST":
        words = request.POST.get("question", "")[: 2 * LONGEST]
        return HttpResponseRedirect(f"{reverse('search')}?{urlencode({'q': words})}")
    state = library_state()
    context = {
        "key": secrets.token_urlsafe(12),
        "examples": examples(state=state),
        "domains": remembered("home-domains", _domains, state=state),
        "changed": list(
            published()
            .filter(changed_at__gte=timezone.now() - WEEK)
            .order_by("-changed_at", "-pk")
            .only("slug", "title", "summary", "tier", "changed_at")[:CHANGED]
        ),
        "lighthouses": list(
            published_lighthouses().order_by("title", "pk").only("slug", "title", "tagline")[:LIGHTHOUSES]
        ),
    }
    return render(request, "inference/home.html", context)


def _domains() -> list[tuple[str, int]]:
    """Every domain with the number of published patterns in it, the largest first."""
    rows = published().exclude(domain="").values("domain").annotate(n=Count("pk")).order_by("-n", "domain")
    return list(rows.values_list("domain", "n"))
