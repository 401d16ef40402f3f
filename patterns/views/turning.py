"""Turn a proposal of a new pattern into an edit of one that is near it; what stands in the form is kept first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from patterns import submissions
from patterns.checks import typed
from patterns.enums import SubmissionKind
from patterns.models import Submission
from patterns.people.limits import allow
from patterns.queries import reading
from patterns.queries.submissions import find_submission


@require_POST
@login_required
def submission_turn(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `turn_into`, the slug of the pattern. The editor's form may come along; its words are saved first."""
    found = find_submission(pk, reader=request.user)
    if found is None or found.author_id != request.user.pk:
        raise Http404(_("There is no submission of yours at this address."))
    pattern = reading.find_pattern(request.POST.get("turn_into", "").replace("\0", "")[:200])
    if isinstance(pattern, reading.Moved):
        pattern = reading.find_pattern(pattern.slug)
    if pattern is None or isinstance(pattern, reading.Moved):
        messages.error(request, _("That pattern is not here any more. Your text is as it was."))
        return redirect(found)
    if not allow(request, "turn"):
        messages.error(request, _("That was a lot in one hour. Your text is as it was; wait a little, then try again."))
        return redirect(found)
    try:
        made = submissions.turn_into_edit(_kept(found, request), pattern, actor=request.user)
    except submissions.SubmissionError as problem:
        messages.error(request, str(problem))
        return redirect(found)
    messages.success(request, _("Your words now stand in an edit of this pattern. Put them where they belong."))
    return redirect(f"{reverse('suggest_edit', args=[made.pattern.slug])}?submission={made.pk}")


def _kept(found: Submission, request: HttpRequest) -> Submission:
    """Save what the editor's form holds, so that the newest words are turned; the head of the file stays."""
    form = request.POST.dict()
    if found.kind != SubmissionKind.NEW_PATTERN or found.state not in submissions.WRITABLE:
        return found
    try:
        text = typed.proposal(form | {"kind": SubmissionKind.NEW_PATTERN}).text if typed.section_texts(form) else ""
    except typed.Unchecked:
        return found
    if not text.strip():
        return found
    return submissions.save_draft(
        author=request.user, kind=SubmissionKind.NEW_PATTERN, title=form.get("title") or found.title, text=text,
        note=form.get("note", found.note), payload=found.payload, consent=found.consent, key=found.key,
    )  # fmt: skip
