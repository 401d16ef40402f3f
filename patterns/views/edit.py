"""Suggest an edit of a pattern or a lighthouse: the editor over what is published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patterns.enums import SubmissionKind
from patterns.queries import reading
from patterns.views.finding import published_lighthouse, published_pattern
from patterns.views.writing import editor
from patterns.writing.works import Work


@require_http_methods(["GET", "HEAD", "POST"])
def suggest_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The edit page of a pattern; `?section=` opens it at a section, `?revision=&start=&end=` at a passage.

    A form that was opened before the pattern moved or was taken out is taken all the same: its words are not lost.
    """
    if request.method == "POST":
        found = reading.find_pattern(slug)
        found = reading.find_pattern(found.slug) if isinstance(found, reading.Moved) else found
    else:
        found = published_pattern(request, slug, "suggest_edit")
    if isinstance(found, HttpResponse):
        return found
    if found is None:
        raise Http404(_("There is no pattern at this address."))
    return editor(request, Work(SubmissionKind.EDIT, found))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_lighthouse(request: HttpRequest, slug: str) -> HttpResponse:
    """The edit page of a lighthouse."""
    found = (
        reading.find_lighthouse(slug)
        if request.method == "POST"
        else published_lighthouse(request, slug, "edit_lighthouse")
    )
    if isinstance(found, HttpResponse):
        return found
    if found is None:
        raise Http404(_("There is no lighthouse at this address."))
    return editor(request, Work(SubmissionKind.LIGHTHOUSE, found))
