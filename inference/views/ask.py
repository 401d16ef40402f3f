"""The page that takes a question."""

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from inference.asking import AskError, Busy, ask, cleaned
from inference.models import PublicQuestion, Question
from inference.questions.likeness import like
from inference.showing.examples import examples
from inference.visitors import visitor
from patterns.enums import PublicationState
from patterns.models import Pattern
from patterns.people.limits import allow
from patterns.queries.library import library_state

KEPT = 100_000  # characters of a refused question that stay in the box
BUSY_FOR = 120  # seconds after which it is worth asking again


@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest) -> HttpResponse:
    """GET shows the form, filled from `?question=` and `?about=`; POST asks and leads to the answer's own address.

    Where a public question is nearly the same, it is shown first; `anyway` in the form asks all the same.
    """
    given = request.POST if request.method == "POST" else request.GET
    about = _pattern(given.get("about", "").replace("\0", ""))  # no database holds that sign
    if request.method != "POST":
        return _form(request, given.get("question", "") or given.get("q", ""), about)
    if alike := _alike(request, about):
        return _like(request, alike, about)
    if not (allow(request, "ask") and allow(request, "ask-day")):
        words = _("You have asked many questions in a short time. Wait a minute and send this one again.")
        return _form(request, given.get("question", ""), about, problem=words, status=429)
    text = given.get("suggested") or given.get("question", "")
    try:
        answer = ask(
            text,
            asker=request.user if request.user.is_authenticated else None,
            visitor=visitor(request),
            parent=_parent(given.get("parent", "").replace("\0", "")),
            about=about,
            key=given.get("key", "").replace("\0", "") or None,
        )
    except Busy as problem:
        response = _form(request, text, about, problem=str(problem), status=503)
        response["Retry-After"] = str(BUSY_FOR)
        return response
    except AskError as problem:
        return _form(request, text, about, problem=str(problem), status=422)
    return _see(reverse("answer", args=[answer.public_id]))


def _alike(request: HttpRequest, about: Pattern | None) -> list[PublicQuestion]:
    """Public questions to read before this one is asked; none for a follow-up, which says little by itself."""
    given = request.POST
    if given.get("anyway") or given.get("parent") or not allow(request, "like"):
        return []
    try:
        return like(cleaned(given.get("question", "")), about=about)
    except AskError:
        return []  # asking says what is wrong with it


def _like(request: HttpRequest, alike: list[PublicQuestion], about: Pattern | None) -> HttpResponse:
    """The step before asking: what somebody asked already, and the way on with the text kept."""
    given = request.POST
    context = {"alike": alike, "text": given.get("question", ""), "about": about, "key": given.get("key", "")[:64]}
    return render(request, "inference/questions_like.html", context)


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
