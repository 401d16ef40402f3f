"""Public questions: the list one browses and searches, the page of one, and the way to report it."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from inference.backends import load
from inference.models import PublicQuestion
from inference.questions import describing, likeness, offering, reading
from inference.questions.forms import ReportForm
from inference.questions.reading import Wish
from inference.visitors import known_visitor
from patterns.people.guarded import trapped
from patterns.people.limits import allow
from patterns.queries.library import published as published_patterns

A_PAGE = 20
LONGEST = 200  # characters of what is searched for
ORDERS, ONLY = ("best", "newest", "title"), ("answered", "open")


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """`?q=` searches by words and by meaning; `domain=`, `pattern=`, `only=`, `sort=` and `page=` as they say."""
    wish = _wish(request)
    pages = Paginator(reading.browse(wish), A_PAGE)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 6 else 0
    exists = 1 <= number <= pages.num_pages
    pattern = published_patterns().filter(slug=wish.pattern).only("slug", "title").first() if wish.pattern else None
    context = {
        "found": pages.page(number) if exists else (),
        "exists": exists,
        "total": pages.count,
        "wish": wish,
        "narrowed": bool(wish.words or wish.domain or wish.pattern or wish.only),
        "words_only": bool(wish.words) and wish.vector is None,
        "about": pattern,
        "domains": [(name, count, _address(wish, domain=name)) for name, count in _domains(wish)],
        "sorts": [(one, _address(wish, order=one)) for one in (ORDERS if wish.words else ORDERS[1:])],
        "kinds": [(one, _address(wish, only=one)) for one in ("", *ONLY)],
        "without_domain": _address(wish, domain=""),
        "without_pattern": _address(wish, pattern=""),
        "page": number,
        "pages": pages.num_pages,
        "before": _address(wish, page=number - 1) if number > 1 else "",
        "after": _address(wish, page=number + 1) if number < pages.num_pages else "",
    }
    return render(request, "inference/questions.html", context, status=200 if exists else 404)


@require_safe
def question(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One public question with the answer as it was reviewed. Two queries; 410 once it was taken back or out."""
    found = _found(pk)
    if found.state != PublicQuestion.State.PUBLISHED:
        return render(request, "inference/questions_gone.html", {"asked": found}, status=410)
    if slug != found.slug:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    shown = reading.shown(found)
    described = describing.qa_page(found, shown["sources"], home=settings.PUBLIC_URL)
    return render(
        request, "inference/questions_one.html", {**shown, "described": described, "mine": is_own(request, found)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@trapped
def report_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a public question should not be public; another person looks at it."""
    found = _found(pk)
    if found.state != PublicQuestion.State.PUBLISHED:
        return render(request, "inference/questions_gone.html", {"asked": found}, status=410)
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if allow(request, "report"):
            by = request.user if request.user.is_authenticated else None
            offering.report(found, words=form.cleaned_data["words"], by=by)
            messages.success(request, _("Thank you. A reviewer will look at it."))
            response = HttpResponseRedirect(found.get_absolute_url())
            response.status_code = 303
            return response
        form.add_error(None, _("You have reported many things in an hour. Wait a little and send this one again."))
        status = 429
    elif request.method == "POST":
        status = 422
    return render(request, "inference/questions_report.html", {"asked": found, "form": form}, status=status)


def is_own(request: HttpRequest, found: PublicQuestion) -> bool:
    """Whether who looks offered it: they find the way to take it back."""
    if found.offered_by_id:
        return request.user.is_authenticated and request.user.pk == found.offered_by_id
    return bool(found.visitor) and found.visitor == known_visitor(request)


def _found(pk: int) -> PublicQuestion:
    found = reading.find(pk)
    if found is None:
        raise Http404(_("There is no public question at this address."))
    return found


def _wish(request: HttpRequest) -> Wish:
    given = {
        name: " ".join(request.GET.get(name, "").replace("\0", " ").split()) for name in ("q", "domain", "pattern")
    }
    words = given["q"][:LONGEST]
    order, only = request.GET.get("sort", ""), request.GET.get("only", "")
    may = words and allow(request, "search-questions")
    vector = likeness.question_vector(words, timeout=settings.SEARCH_DEADLINE) if may else None
    return Wish(
        words=words,
        domain=given["domain"][:120],
        pattern=given["pattern"][:200],
        only=only if only in ONLY else "",
        order=order if order in (ORDERS if words else ORDERS[1:]) else "best" if words else "newest",
        vector=vector,
        embedder=load("embedder").name if vector else "",
    )


def _domains(wish: Wish) -> list[tuple[str, int]]:
    return [] if wish.domain or wish.words else reading.domains(wish)


def _address(wish: Wish, *, page: int = 1, **changed: str) -> str:
    """The address of this list with something changed; what is usual is left out."""
    given = {"q": wish.words, "domain": wish.domain, "pattern": wish.pattern, "only": wish.only, "sort": wish.order}
    given |= {{"order": "sort"}.get(name, name): value for name, value in changed.items()}
    if given["sort"] == ("best" if given["q"] else "newest"):
        given["sort"] = ""
    parts: dict[str, Any] = {name: value for name, value in given.items() if value}
    if page > 1:
        parts["page"] = page
    return "?" + urlencode(parts)
