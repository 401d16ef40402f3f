"""Offering a question with its answer to everybody: what becomes public, what became of it, and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inference.models import Answer, PublicQuestion
from inference.questions import offering, reading
from inference.questions.forms import OfferForm
from inference.questions.offering import OfferRefused
from inference.showing.presenting import page_context
from inference.views.private import private
from inference.visitors import known_visitor
from patterns.people.guarded import trapped
from patterns.people.limits import allow


@private
@require_http_methods(["GET", "HEAD", "POST"])
@trapped
def offer_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET shows exactly what would become public; POST sends it to the reviewers and leads to the offer's address."""
    rows = Answer.objects.select_related("question__about", "model")
    answer = get_object_or_404(rows, public_id=public_id)
    user = request.user if request.user.is_authenticated else None
    if not offering.is_askers(answer, user=user, visitor=known_visitor(request)):
        raise PermissionDenied(_("Only who asked a question can give it to everybody."))
    standing = offering.offer_of(answer)
    if standing is not None and standing.state in offering.LIVE:
        return _see(reverse("offered_question", args=[standing.token]))
    if not offering.can_be_offered(answer):
        messages.info(request, _("This answer is not finished, so there is nothing to offer yet."))
        return _see(answer.get_absolute_url())
    name = user.public_name if user else ""
    form = OfferForm(request.POST or None, initial={"text": answer.question.text}, name=name)
    return _send(request, answer, form) if request.method == "POST" else _show(request, answer, form)


def _send(request: HttpRequest, answer: Answer, form: OfferForm) -> HttpResponse:
    if not form.is_valid():
        return _show(request, answer, form, status=422)
    if not allow(request, "offer"):
        form.add_error(None, _("You have offered many questions in an hour. Wait a little and send this one again."))
        return _show(request, answer, form, status=429)
    try:
        offered = offering.offer(
            answer, text=form.cleaned_data["text"], visitor=known_visitor(request),
            by=request.user if request.user.is_authenticated else None,
            credited=form.cleaned_data.get("credited", False), training=form.cleaned_data["training"],
        )  # fmt: skip
    except OfferRefused as refused:
        form.add_error("text", str(refused))
        return _show(request, answer, form, status=422)
    messages.success(request, _("Thank you. Your question waits for another person to read it."))
    return _see(reverse("offered_question", args=[offered.token]))


@private
@require_safe
def offered_question(request: HttpRequest, token: str) -> HttpResponse:
    """What was offered and what became of it, for whoever has the address."""
    question = get_object_or_404(PublicQuestion.objects.select_related("answer", "about", "offered_by"), token=token)
    return render(request, "inference/questions_offered.html", {**reading.shown(question), "tokened": True})


@private
@require_POST
def withdraw_question(request: HttpRequest, token: str) -> HttpResponse:
    """Take it back, before or after it became public."""
    question = get_object_or_404(PublicQuestion, token=token)
    try:
        offering.withdraw(question)
        messages.success(request, _("You took your question back. Its text is deleted here."))
    except OfferRefused as refused:
        messages.error(request, str(refused))
    return _see(reverse("offered_question", args=[token]))


def _show(request: HttpRequest, answer: Answer, form: OfferForm, *, status: int = 200) -> HttpResponse:
    answered = answer.outcome == Answer.Outcome.ANSWER
    context = page_context(answer) | {"form": form, "answered": answered}
    return render(request, "inference/questions_offer.html", context, status=status)


def _see(address: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(address)
    response.status_code = 303  # so that reloading never sends again
    return response
