"""What the library names and lacks, with who names it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from patterns.queries.wanted import wanted as wanted_patterns

A_PAGE = 40


@require_safe
def wanted(request: HttpRequest) -> HttpResponse:
    """One page of the wanted patterns; past the end it is a 404 that shows the way back. One query if remembered."""
    pages = Paginator(wanted_patterns(), A_PAGE)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 6 else 0
    exists = 1 <= number <= pages.num_pages
    context = {
        "found": pages.page(number) if exists else (),
        "exists": exists,
        "total": pages.count,
        "page": number,
        "pages": pages.num_pages,
        "before": f"?page={number - 1}" if number > 1 else "",
        "after": f"?page={number + 1}" if number < pages.num_pages else "",
    }
    return render(request, "patterns/wanted.html", context, status=200 if exists else 404)
