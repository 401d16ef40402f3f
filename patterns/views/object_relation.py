"""Say that a relation is wrong: a reason, and a reviewer decides. Written first, signed in when it is sent."""

import secrets

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patterns import submissions
from patterns.people.limits import allow
from patterns.queries import submissions as queries
from patterns.relating.forms import ObjectionForm
from patterns.relating.objecting import objection_to, standing_relation
from patterns.relating.proposal import sentence
from patterns.views.exploring import published_or_answer

KEPT = "kept_objection"
PER_HOUR = 60


@require_http_methods(["GET", "HEAD", "POST"])
def object_relation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form about one relation of a pattern; `?submission=` opens one's own objection again."""
    pattern = published_or_answer(request, slug, "relations_of")
    if isinstance(pattern, HttpResponse):
        return pattern
    relation = standing_relation(pattern, pk)
    if relation is None:
        raise Http404(_("This pattern has no such relation; it may have been rejected already."))
    said, status = "", 200
    kept = request.session.get(KEPT)
    if request.method == "POST":
        form = ObjectionForm(request.POST)
        if not form.is_valid():
            status = 422
        elif not allow(request, "objection", limit=PER_HOUR, per=3600):
            said = _("That was a lot in one hour. Your text is below; wait a little, then send it.")
            status = 429
        elif not request.user.is_authenticated:
            request.session[KEPT] = {"relation": pk, "data": request.POST.dict()}
            return redirect_to_login(request.path)
        else:
            try:
                sent = objection_to(relation, pattern=pattern, author=request.user, **form.cleaned_data)
            except submissions.SubmissionError as problem:
                said, status = str(problem), problem.status
            else:
                request.session.pop(KEPT, None)
                messages.success(request, _("Sent. A reviewer reads it next; you will find the answer on this page."))
                return redirect(sent)
    elif kept and kept["relation"] == pk and request.user.is_authenticated:
        messages.info(request, _("Your text is still here. Look at it once more, then send it."))
        form = ObjectionForm(initial=kept["data"])
    else:
        form = ObjectionForm(initial=_opened(request, pattern))
    context = {
        "pattern": pattern,
        "relation": relation,
        "sentence": sentence(relation.source.title, relation.kind, relation.target.title),
        "form": form,
        "said": said,
    }
    return render(request, "patterns/object_relation.html", context, status=status)


def _opened(request: HttpRequest, pattern: object) -> dict[str, str]:
    number = request.GET.get("submission", "")
    mine = queries.own_relation(pattern, author=request.user, pk=number) if number else None
    if number and mine is None:
        raise Http404(_("There is no such draft of yours."))
    return {"note": mine.note if mine else "", "key": mine.key if mine else secrets.token_urlsafe(16)}
