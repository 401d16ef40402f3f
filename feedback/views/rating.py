"""Whether an answer helped: one click from the answer, then, where it did not, what was wrong in a chip and a line.

The same for an answer of one's own or of whoever gave its address, and for a public one.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback.judging.verdicts import verdict_of
from feedback.models import Rating
from feedback.recording import COMMENT_LIMIT, RatingRefused, Reason, rate, rating_of
from inference.models import Answer, PublicQuestion
from inference.questions import reading
from inference.questions.offering import is_askers
from inference.showing.presenting import page_context
from inference.views.private import private
from inference.views.questions import is_own
from inference.visitors import known_visitor, visitor
from patterns.people.limits import allow

Subject = Answer | PublicQuestion


@private
@require_http_methods(["GET", "HEAD", "POST"])
def rate_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """POST `helpful=yes|no`, later with `reasons`, `comment` and `shown`. A fragment for htmx, pages for all others."""
    answer = get_object_or_404(Answer.objects.select_related("question"), public_id=public_id)
    return _answered(request, answer)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def rate_question(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the answer of a public question."""
    found = reading.find(pk)
    if found is None or not found.answered:
        raise Http404(_("There is no public answer at this address."))
    if found.state != PublicQuestion.State.PUBLISHED:
        return render(request, "inference/questions_gone.html", {"asked": found}, status=410)
    return _answered(request, found)


def _answered(request: HttpRequest, subject: Subject) -> HttpResponse:
    rater = request.user if request.user.is_authenticated else None
    # Signed in, the session still tells who asked before they signed in.
    who = {"rater": rater, "visitor": known_visitor(request) if rater else visitor(request)}
    before, details = rating_of(subject, **who), "details" in request.POST
    if request.method != "POST":
        return _show(request, subject, before)
    if not allow(request, "rate"):
        words = _("That was a lot of verdicts in a minute. Wait a moment and send this one again.")
        return _show(request, subject, before, problem=words, status=429)
    # The first click says nothing of reasons, so it must not wipe those a person gave before.
    kept = before if not details else None
    try:
        rating = rate(
            subject,
            **who,
            helpful=_verdict(request),
            reasons=kept.reasons if kept else request.POST.getlist("reasons"),
            comment=kept.comment if kept else request.POST.get("comment", ""),
            shown=bool(kept.shows) if kept else "shown" in request.POST,
        )
    except RatingRefused as refused:
        return _show(request, subject, before, problem=str(refused), status=422)
    if request.htmx:
        return _show(request, subject, rating, thanks=details or rating.helpful)
    if rating.helpful or details:
        messages.success(request, _("Thank you. Your verdict is kept, and you can change it at any time."))
        return _see(subject.get_absolute_url())
    return _see(_address(subject))


def _verdict(request: HttpRequest) -> bool:
    given = request.POST.get("helpful")
    if given not in {"yes", "no"}:
        raise RatingRefused(_("Say whether it helped."))
    return given == "yes"


def _show(
    request: HttpRequest,
    subject: Subject,
    rating: Rating | None,
    *,
    problem: str = "",
    thanks: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The fragment or the page. What was sent and refused stays in the form."""
    sent = request.POST if problem and "details" in request.POST else None
    mine = _is_mine(request, subject)
    context = ({} if request.htmx else _page(subject, mine=mine)) | {
        "public": isinstance(subject, PublicQuestion),
        "subject": subject,
        "address": _address(subject),
        "may_show": mine and isinstance(subject, Answer),
        "rating": rating,
        "reasons": Reason.choices,
        "chosen": sent.getlist("reasons") if sent else (rating.reasons if rating else []),
        "comment": sent.get("comment", "") if sent else (rating.comment if rating else ""),
        "shown": "shown" in sent if sent else bool(rating and rating.shows),
        "comment_limit": COMMENT_LIMIT,
        "problem": problem,
        "thanks": thanks,
    }
    template = "feedback/_rating.html" if request.htmx else "feedback/rating.html"
    return render(request, template, context, status=status)


def _page(subject: Subject, *, mine: bool) -> dict[str, Any]:
    """What stands beside the form. Who asked also reads what a reviewer said, for one query more."""
    public = isinstance(subject, PublicQuestion)
    shown = reading.shown(subject) if public else page_context(subject)
    title = subject.text if public else subject.question.text
    return shown | {"title": title, "verdict": verdict_of(subject) if mine else None}


def _is_mine(request: HttpRequest, subject: Subject) -> bool:
    """Whether who looks asked it."""
    if isinstance(subject, PublicQuestion):
        return is_own(request, subject)
    user = request.user if request.user.is_authenticated else None
    return is_askers(subject, user=user, visitor=known_visitor(request))


def _address(subject: Subject) -> str:
    if isinstance(subject, PublicQuestion):
        return reverse("rate_question", args=[subject.pk])
    return reverse("rate_answer", args=[subject.public_id])


def _see(address: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(address)
    response.status_code = 303  # so that reloading never sends again
    return response
