"""Citations to download: `/patterns/<slug>/cite/bibtex/`, of the current revision or of `?revision=2`."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patterns.citing.citations import citations
from patterns.queries import reading
from patterns.queries.numbers import number_in
from patterns.views.finding import published_pattern


@require_safe
def cite_pattern(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Hand out the citation as a file. One query, or two for a revision that is not the current one."""
    found = published_pattern(request, slug, "cite_pattern", form)
    if isinstance(found, HttpResponse):
        return found
    revision = found.current
    if "revision" in request.GET:
        number = number_in(request.GET["revision"])
        revision = reading.find_revision(found, number) if number else None
        if revision is None:
            raise Http404(_("This pattern has no such revision."))
    citation = next((one for one in citations(found, revision) if one.form == form), None)
    if citation is None:
        raise Http404(_("A pattern can be cited as plain text, BibTeX or CSL-JSON, and not in this form."))
    response = HttpResponse(citation.text, content_type=citation.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=citation.filename)
    return response
