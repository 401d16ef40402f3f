"""What one can give: the list, with one's own drafts first, new patterns and lighthouses, and a file one brings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from patterns.enums import SubmissionKind
from patterns.people.limits import allow
from patterns.queries.submissions import own_drafts
from patterns.submissions.keeping import new_key
from patterns.views.showing_writing import page
from patterns.views.writing import editor
from patterns.writing.files import MOST, Brought, brought, pasted
from patterns.writing.forms import BroughtForm
from patterns.writing.works import Work
from patterns.writing.written import over

DRAFTS = 6


@require_safe
def contribute(request: HttpRequest) -> HttpResponse:
    """What one can give. One query for those who have an account, none else."""
    found = own_drafts(request.user, limit=DRAFTS + 1)
    return render(request, "patterns/contribute.html", {"drafts": found[:DRAFTS], "more": len(found) > DRAFTS})


@require_http_methods(["GET", "HEAD", "POST"])
def new_pattern(request: HttpRequest) -> HttpResponse:
    """Write a new pattern, from an outline of its sections."""
    return editor(request, Work(SubmissionKind.NEW_PATTERN))


@require_http_methods(["GET", "HEAD", "POST"])
def new_lighthouse(request: HttpRequest) -> HttpResponse:
    """Write about a place that uses patterns."""
    return editor(request, Work(SubmissionKind.LIGHTHOUSE))


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Read a file in the library's format and open the editor over it. Nothing is kept yet."""
    if request.method != "POST":
        return render(request, "patterns/import.html", {"form": BroughtForm()})
    form = BroughtForm(request.POST, request.FILES)
    form.is_valid()
    if not allow(request, "upload"):
        said = _("That was a lot in one hour. Your text is below; wait a little, then read it again.")
        return _again(request, Brought(request.POST.get("text", ""), said=said), status=429)
    upload = request.FILES.get("file")
    found = brought(upload.read(MOST + 1)) if upload else pasted(request.POST.get("text", "").replace("\r\n", "\n"))
    if not found.readable:
        return _again(request, found, status=422)
    work = Work(SubmissionKind.LIGHTHOUSE if found.of_lighthouse else SubmissionKind.NEW_PATTERN)
    written = over(found.text, work.fields, key=new_key())
    return page(request, work, written, problems=found.problems)


def _again(request: HttpRequest, found: Brought, *, status: int) -> HttpResponse:
    """Show the text with what could not be read of it, to be mended there."""
    context = {"form": BroughtForm(initial={"text": found.text}), "found": found}
    return render(request, "patterns/import.html", context, status=status)
