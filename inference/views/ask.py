"""The page that takes a question."""

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from inference.asking import AskError, Busy, ask
from inference.examples import examples
from inference.models import Question
from inference.visitors import visitor
from patterns.enums import PublicationState
from patterns.models import Pattern
from patterns.people.limits import allow
from patterns.queries.library import library_state

PER_MINUTE, PER_DAY = 10, 300
KEPT = 100_000  # characters of a refused question that stay in the box
BUSY_FOR = 120  # seconds after which it is worth asking again


@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest) -> HttpResponse:
    """GET shows the form, filled from `?question=` and `?about=`; POST asks and leads to the answer's own address."""
    given = request.POST if request.method == "POST" else request.GET
    about = _pattern(given.get("about", ""))
    if request.method != "POST":
        return _form(request, given.get("question", "") or given.get("q", ""), about)
    if not (allow(request, "ask", limit=PER_MINUTE, per=60) and allow(request, "ask-day", limit=PER_DAY, per=86_400)):
        words = _("You have asked many questions in a short time. Wait a minute and send this one again.")
        return _form(request, given.get("question", ""), about, problem=words, status=429)
    text = given.get("suggested") or given.get("question", "")
    try:
        answer = ask(
            text,
            asker=request.user if request.user.is_authenticated else None,
            visitor=visitor(request),
            parent=_parent(given.get("parent", "")),
            about=about,
            key=given.get("key"),
        )
    except Busy as problem:
        response = _form(request, text, about, problem=str(problem), status=503)
        response["Retry-After"] = str(BUSY_FOR)
        return response
    except AskError as problem:
        return _form(request, text, about, problem=str(problem), status=422)
    return _see(reverse("answer", args=[answer.public_id]))


def _form(
    request: HttpRequest, text: str, about: Pattern | None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "text": text[:KEPT],
        "about": about,
        "problem": problem,
        "key": secrets.token_urlsafe(12),
        "parent": (request.POST.get("parent") or request.GET.get("parent", ""))[:32],
        "examples": examples(state=library_state()),
    }
    return render(request, "inference/ask.html", context, status=status)


def _pattern(slug: str) -> Pattern | None:
    return Pattern.objects.filter(slug=slug, state=PublicationState.PUBLISHED).first() if slug else None


def _parent(public_id: str) -> Question | None:
    """The question a follow-up belongs to; who has the address of an answer may ask on from it."""
    return Question.objects.filter(answer__public_id=public_id).first() if public_id else None


def _see(address: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(address)
    response.status_code = 303  # so that going back and reloading never asks twice
    return response
