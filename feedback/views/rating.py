"""Whether an answer helped: one click from the answer, then, where it did not, what was wrong in a chip and a line."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback.models import Rating
from feedback.recording import COMMENT_LIMIT, RatingRefused, Reason, rate, rating_of
from inference.models import Answer
from inference.showing.presenting import page_context
from inference.views.private import private
from inference.visitors import visitor
from patterns.people.limits import allow


@private
@require_http_methods(["GET", "HEAD", "POST"])
def rate_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """POST `helpful=yes|no`, later with `reasons` and `comment`. A fragment for htmx, pages for everybody else."""
    answer = get_object_or_404(Answer.objects.select_related("question"), public_id=public_id)
    rater = request.user if request.user.is_authenticated else None
    who = {"rater": rater, "visitor": "" if rater else visitor(request)}
    if request.method != "POST":
        return _show(request, answer, rating_of(answer, **who))
    before, details = rating_of(answer, **who), "details" in request.POST
    if not allow(request, "rate"):
        words = _("That was a lot of verdicts in a minute. Wait a moment and send this one again.")
        return _show(request, answer, before, problem=words, status=429)
    # The first click says nothing of reasons, so it must not wipe those a person gave before.
    kept = before if not details else None
    try:
        rating = rate(
            answer,
            **who,
            helpful=_verdict(request),
            reasons=kept.reasons if kept else request.POST.getlist("reasons"),
            comment=kept.comment if kept else request.POST.get("comment", ""),
        )
    except RatingRefused as refused:
        return _show(request, answer, before, problem=str(refused), status=422)
    if request.htmx:
        return _show(request, answer, rating, thanks=details or rating.helpful)
    if rating.helpful or details:
        messages.success(request, _("Thank you. Your verdict is kept, and you can change it at any time."))
        return _see(reverse("answer", args=[public_id]))
    return _see(reverse("rate_answer", args=[public_id]))


def _verdict(request: HttpRequest) -> bool:
    given = request.POST.get("helpful")
    if given not in {"yes", "no"}:
        raise RatingRefused(_("Say whether it helped."))
    return given == "yes"


def _show(
    request: HttpRequest,
    answer: Answer,
    rating: Rating | None,
    *,
    problem: str = "",
    thanks: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The fragment or the page. What was sent and refused stays in the form."""
    sent = request.POST if problem and "details" in request.POST else None
    context = (page_context(answer) if not request.htmx else {"answer": answer}) | {
        "rating": rating,
        "reasons": Reason.choices,
        "chosen": sent.getlist("reasons") if sent else (rating.reasons if rating else []),
        "comment": sent.get("comment", "") if sent else (rating.comment if rating else ""),
        "comment_limit": COMMENT_LIMIT,
        "problem": problem,
        "thanks": thanks,
    }
    template = "feedback/_rating.html" if request.htmx else "feedback/rating.html"
    return render(request, template, context, status=status)


def _see(address: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(address)
    response.status_code = 303  # so that reloading never sends again
    return response
