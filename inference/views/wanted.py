"""What people ask for and what the library names, and does not hold: the list, each want, and an outline of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inference.wanted import reading
from inference.wanted.outline import headings, outline
from patterns.queries.wanted import wanted as wanted_patterns

A_PAGE = 40
TOPICS = 30  # shown on the first page


@require_safe
def wanted(request: HttpRequest) -> HttpResponse:
    """One page of what is named and missing, on the first also what people ask for; past the end a 404 that shows the
    way back. Three queries if remembered."""
    pages = Paginator(wanted_patterns(), A_PAGE)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 6 else 0
    exists = 1 <= number <= pages.num_pages
    context = {
        "topics": reading.listed(limit=TOPICS) if number == 1 else [],
        "found": pages.page(number) if exists else (),
        "exists": exists,
        "total": pages.count,
        "page": number,
        "pages": pages.num_pages,
        "before": f"?page={number - 1}" if number > 1 else "",
        "after": f"?page={number + 1}" if number < pages.num_pages else "",
    }
    return render(request, "inference/wanted.html", context, status=200 if exists else 404)


@require_safe
def wanted_one(request: HttpRequest, key: str) -> HttpResponse:
    """One want: who wants it, what is near, and the outline. `key` is a topic's number or a missing pattern's name."""
    found = _found(key)
    if isinstance(found, HttpResponse):
        return found
    document = outline(found["want"])
    context = {**found, "key": key, "headings": headings(), "text": document.text}
    return render(request, "inference/wanted_one.html", context)


@require_safe
def wanted_outline(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001
    """The outline as a file in the library's own format."""
    found = _found(key)
    if isinstance(found, HttpResponse):
        return found
    document = outline(found["want"])
    response = HttpResponse(document.text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(document.front["slug"])}.md"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _found(key: str) -> dict[str, Any] | HttpResponse:
    if key.isascii() and key.isdecimal():
        topic = reading.find_topic(int(key)) if len(key) <= 18 else None
        if topic is not None and str(topic.pk) != key:
            return HttpResponsePermanentRedirect(topic.get_absolute_url())
        if topic is not None:
            questions, near = reading.questions_of(topic), reading.patterns_near(topic)
            want = reading.want_of_topic(topic, questions, near)
            since = reading.written_since(topic, near)
            return {"topic": topic, "want": want, "questions": questions, "near": near, "since": since}
    elif (named := reading.find_named(key)) is not None:
        want, near = reading.want_of_named(named)
        return {"named": named, "want": want, "near": near}
    raise Http404(_("This is not wanted, or not any more: it may have been written."))


def _file_name(slug: Any) -> str:
    return "".join(sign for sign in str(slug) if sign.isascii() and (sign.isalnum() or sign in "-_")) or "outline"
