"""What the checks say: of what somebody is writing, and of what was sent, for its author and for reviewers."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from patterns import checks
from patterns.checks import keeping, panel, typed
from patterns.people.limits import allow
from patterns.queries import checks as queries
from patterns.queries.submissions import find_submission
from patterns.views.asked_for import wants_json


@require_POST
def live_checks(request: HttpRequest) -> HttpResponse:
    """Check what a form holds; nothing is kept. The panel of findings, or JSON where the caller accepts nothing else.

    A panel that would say what its reader sees already (`findings_seen`) is answered with 204 and left as it is.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > typed.LONGEST:
        said = _("This is longer than what is checked while you write. It is checked when you look at it.")
        return _said(request, said, status=413)
    if not allow(request, "check"):
        said = _("The checks rest for a minute. Go on writing: nothing is lost, and they run again when you send it.")
        return _said(request, said, status=429)
    form = request.POST.dict()
    try:
        proposal = typed.proposal(form, relations=request.POST.getlist("relations"), **queries.subject_of(form))
    except typed.Unchecked as problem:
        return _said(request, str(problem), status=422)
    findings = checks.run(proposal)
    if wants_json(request):
        return JsonResponse({"findings": keeping.as_json(findings), "sendable": not checks.blocking(findings)})
    seen = panel.digest(findings)
    if form.get("findings_seen") == seen:
        return _uncached(HttpResponse(status=204))
    mine = queries.own_new_pattern(request.user, key=form.get("key", ""), pk=form.get("submission", ""))
    context = {"groups": panel.grouped(findings, form=form), "seen": seen, "turnable": mine, "live": True}
    return _uncached(HttpResponse(render_to_string("patterns/_findings.html", context)))


@require_safe
@login_required
def submission_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Run the checks again on a submission, beside what they said when it was sent; for its author and reviewers."""
    found = find_submission(pk, reader=request.user)
    if found is None:
        raise Http404(_("There is no submission of yours at this address."))
    context = {
        "submission": found,
        "kept": keeping.kept(found),
        "groups": panel.grouped(checks.run(found)),
        "turnable": found if queries.may_turn(found, request.user) else None,
    }
    if request.htmx:
        return _uncached(render(request, "patterns/_findings.html", context))
    return _uncached(render(request, "patterns/submission_checks.html", context))


def _said(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    """Say why nothing was checked. htmx shows only what came with success, so it gets the words with 200."""
    if wants_json(request):
        response: HttpResponse = JsonResponse({"error": words}, status=status)
    else:
        body = render_to_string("patterns/_findings.html", {"groups": (), "said": words, "live": True})
        response = HttpResponse(body, status=200 if request.htmx else status)
    if status == 429:
        response["Retry-After"] = "60"
    return _uncached(response)


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
