"""What changed in the library, for people; the feed says the same to machines."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from patterns.queries.changed import changed
from patterns.queries.domains import spellings_of
from patterns.syndication.telling import headline, in_words

ON_A_PAGE = 40
LONGEST = 120


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """`?domain=` narrows, `?before=` goes back in time. Five queries at most."""
    domain = request.GET.get("domain", "").strip()[:LONGEST]
    spellings = spellings_of(domain) if domain else []
    before = _moment(request.GET.get("before", ""))
    found = changed(domains=spellings, limit=ON_A_PAGE + 1, before=before) if spellings or not domain else ()
    rows = [(one, headline(one), "" if one.many else in_words(one)) for one in found[:ON_A_PAGE]]
    context = {
        "rows": rows,
        "domain": domain,
        "before": before,
        "older": found[ON_A_PAGE - 1].at.isoformat() if len(found) > ON_A_PAGE else "",
    }
    return render(request, "patterns/changes.html", context)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text[:40].replace(" ", "+"))  # a plus in an address is a space
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
