"""The Atom feed of what changed: the whole library's, or one domain's."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from patterns.faceting.spelling import folded, words
from patterns.queries.changed import changed, last_change
from patterns.queries.domains import spellings_of
from patterns.queries.library import library_state, remembered
from patterns.syndication import feeds

LONGEST = 120  # characters of a domain


def _etag(request: HttpRequest) -> str:  # noqa: ARG001 - Django's signature
    return f'"{library_state()}-{get_language()}"'


def _last_modified(request: HttpRequest) -> datetime | None:  # noqa: ARG001 - Django's signature
    return last_change()


@require_safe
@condition(etag_func=_etag, last_modified_func=_last_modified)
def feed(request: HttpRequest) -> HttpResponse:
    """`?domain=` narrows. Three queries while it is remembered; two where the reader has the newest."""
    domain = request.GET.get("domain", "").strip()
    state = library_state()
    key = f"feed:{get_language()}:{folded(domain[:LONGEST])}"
    text = remembered(key, lambda: _feed(domain), state=state) if len(domain) <= LONGEST else b""
    if not text:
        raise Http404(_("There is no such domain, so nothing changes in it."))
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _feed(domain: str) -> bytes:
    """The feed as it is sent; nothing for a domain that no published pattern is in."""
    spellings = spellings_of(domain) if domain else []
    if domain and not spellings:
        return b""
    home, query = settings.PUBLIC_URL, f"?{urlencode({'domain': folded(domain)})}" if domain else ""
    title = _("%(site)s: %(domain)s") % {"site": feeds.SITE, "domain": words(spellings[0])} if domain else feeds.SITE
    return feeds.atom(
        changed(domains=spellings),
        title=title,
        home=home,
        address=f"{home}{reverse('feed')}{query}",
        page=f"{home}{reverse('browse')}{query}" if domain else f"{home}/",
    )
