"""Writing a better answer. Anybody may begin; sending takes an account, and signing in loses not a letter."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback.correcting import CorrectionRefused, correct, original_text
from feedback.forms import CorrectionForm
from inference.models import Answer
from inference.showing.sources import sources
from inference.views.private import private
from inference.visitors import visitor
from patterns.models import Submission
from patterns.people.guarded import trapped
from patterns.people.limits import allow

KEPT = "correction:"  # begins the session key under which a text waits for its writer to sign in


@private
@require_http_methods(["GET", "HEAD", "POST"])
@trapped
def correct_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET shows the form with the answer's text, or with what was written before signing in; POST sends it."""
    answer = get_object_or_404(Answer.objects.select_related("question"), public_id=public_id)
    if not answer.finished:
        messages.info(request, _("This answer is not written yet. Correct it when it is done."))
        return HttpResponseRedirect(answer.get_absolute_url())
    kept, original = f"{KEPT}{public_id}", original_text(answer)
    if request.method != "POST":
        waiting = request.session.get(kept)
        form = CorrectionForm(initial=waiting or _beginning(request, answer, original), original=original)
        return _show(request, answer, form, returned=bool(waiting))
    form = CorrectionForm(request.POST, original=original)
    if not form.is_valid():
        return _show(request, answer, form, status=422)
    if not request.user.is_authenticated:
        request.session[kept] = form.cleaned_data
        return redirect_to_login(reverse("correct_answer", args=[public_id]))
    submission = _send(request, answer, form)
    if submission is None:
        return _show(request, answer, form, status=422)
    request.session.pop(kept, None)
    messages.success(request, _("Thank you. Your correction waits for another person to read it."))
    response = HttpResponseRedirect(submission.get_absolute_url())
    response.status_code = 303
    return response


def _send(request: HttpRequest, answer: Answer, form: CorrectionForm) -> Submission | None:
    """Send what the form holds; None, with the reason in the form, where it cannot be taken."""
    if not allow(request, "correct"):
        form.add_error(None, _("You have sent many corrections in an hour. Wait a little and send this one again."))
        return None
    given = {name: form.cleaned_data[name] for name in ("text", "note", "question", "key")}
    try:
        return correct(answer, author=request.user, **given)
    except CorrectionRefused as refused:
        form.add_error(None, str(refused))
        return None


def _beginning(request: HttpRequest, answer: Answer, original: str) -> dict[str, Any]:
    """What the form starts with. The question is filled in only for who asked it: it is theirs to publish."""
    question = answer.question
    asked_it = (
        question.asker_id == request.user.pk
        if question.asker_id
        else bool(question.visitor) and question.visitor == visitor(request)
    )
    return {"text": original, "question": question.text if asked_it else "", "key": secrets.token_urlsafe(16)}


def _show(
    request: HttpRequest, answer: Answer, form: CorrectionForm, *, returned: bool = False, status: int = 200
) -> HttpResponse:
    context = {"answer": answer, "form": form, "sources": sources(answer.citations.all()), "returned": returned}
    return render(request, "feedback/correct.html", context, status=status)
