"""A pattern or lighthouse as plain Markdown with its licence and citation, for whatever reads without HTML."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patterns.enums import PublicationState
from patterns.models import Lighthouse, Pattern
from patterns.queries import reading
from patterns.syndication.plain_text import Work, markdown
from patterns.views.errors import asked_again, gone


@require_safe
def pattern_text(request: HttpRequest, slug: str) -> HttpResponse:
    """The current revision of a pattern. Two queries."""
    found = reading.find_pattern(slug)
    if isinstance(found, reading.Moved):
        return asked_again(HttpResponsePermanentRedirect(reverse("pattern_text", args=[found.slug])))
    if found is None:
        raise Http404(_("There is no pattern at this address."))
    return _text(request, found, found.summary)


@require_safe
def lighthouse_text(request: HttpRequest, slug: str) -> HttpResponse:
    """The current revision of a lighthouse. Two queries."""
    found = reading.find_lighthouse(slug)
    if isinstance(found, reading.Moved):
        return asked_again(HttpResponsePermanentRedirect(reverse("lighthouse_text", args=[found.slug])))
    if found is None:
        raise Http404(_("There is no lighthouse at this address."))
    return _text(request, found, found.tagline)


def _text(request: HttpRequest, thing: Pattern | Lighthouse, summary: str) -> HttpResponse:
    if thing.state != PublicationState.PUBLISHED:
        return gone(request, title=thing.title, thing=thing)
    revision, library = thing.current, thing.library
    address = f"{settings.PUBLIC_URL}{thing.get_absolute_url()}"
    is_pattern = isinstance(thing, Pattern)
    name = "pattern_revision" if is_pattern else "lighthouse_revision"
    relations = f"{settings.PUBLIC_URL}{reverse('relations_of', args=[thing.slug])}?format=text" if is_pattern else ""
    work = Work(
        title=thing.title,
        summary=summary,
        body=revision.body,
        address=address,
        revision=revision.number,
        revision_address=f"{settings.PUBLIC_URL}{reverse(name, args=[thing.slug, revision.number])}",
        changed=revision.created_at.date(),
        author=revision.author.credit if revision.author else revision.author_name,
        library=library.title,
        license=revision.license or library.license,
        attribution=revision.attribution or library.attribution,
        relations=relations,
    )
    response = HttpResponse(markdown(work), content_type="text/markdown; charset=utf-8")
    response["Link"] = f'<{address}>; rel="canonical"'
    return response
