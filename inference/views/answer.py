"""The page of one answer, private to those who have its address, and the button that stops it."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from inference.asking import AskError, stop
from inference.models import Answer
from inference.questions.offering import can_be_offered, is_askers, offer_of
from inference.showing.earlier import earlier
from inference.showing.presenting import page_context
from inference.streaming.line import line_now, waiting_words
from inference.visitors import known_visitor

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "same-origin"}


@require_safe
def answer_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The answer so far: whole when finished, live where there is JavaScript, by refresh where there is none."""
    rows = Answer.objects.select_related("question__about", "question__parent__answer", "model")
    answer = get_object_or_404(rows, public_id=public_id)
    viewer = request.user if request.user.is_authenticated else None
    context = (
        page_context(answer)
        | _offering(request, answer)
        | {
            "key": secrets.token_urlsafe(12),
            "thread": earlier(answer.question, viewer=viewer, visitor=known_visitor(request)),
            "place": _place(answer),
        }
    )
    response = render(request, "inference/answer.html", context)
    for name, value in PRIVATE.items():
        response[name] = value
    return response


def _offering(request: HttpRequest, answer: Answer) -> dict[str, Any]:
    """Whether who looks may give the question to everybody, and what became of it. One query for its asker alone."""
    user = request.user if request.user.is_authenticated else None
    if not is_askers(answer, user=user, visitor=known_visitor(request)):
        return {}
    return {"may_offer": not answer.finished or can_be_offered(answer), "offered": offer_of(answer)}


def _place(answer: Answer) -> str:
    """Where a waiting answer is in the line, in words."""
    before = line_now().before.get(answer.public_id) if answer.state == Answer.State.PENDING else None
    return "" if before is None else waiting_words(before)


@require_POST
def stop_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """End an answer that is being written; what it says so far is kept."""
    answer = get_object_or_404(Answer, public_id=public_id)
    if not answer.finished:
        try:
            stop(answer)
        except AskError as problem:
            messages.error(request, str(problem))
    response = HttpResponseRedirect(reverse("answer", args=[public_id]))
    response.status_code = 303
    return response
