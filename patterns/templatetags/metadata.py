"""One line in a page's head says what it is to search engines, and to people who share its address.

`{% metadata pattern %}`, `{% metadata lighthouse %}`, or `{% metadata title=… description=… %}` for any other page;
`kind="site"` on the home page. Use it once, in `{% block head %}`: it gives the description, the
canonical link, Open Graph, a Twitter card and JSON-LD, and asks nothing of the database.
"""

from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeData
from django.utils.translation import gettext as _

from patterns.faceting.spelling import words
from patterns.models import Lighthouse, Pattern
from patterns.queries.excerpts import cut
from patterns.syndication import metadata as describing

register = template.Library()


@register.inclusion_tag("_metadata.html", takes_context=True, name="metadata")
def metadata(
    context: template.Context,
    thing: Pattern | Lighthouse | None = None,
    *,
    title: str = "",
    description: str = "",
    kind: str = "page",
    address: str = "",
    items: Iterable[tuple[str, str]] = (),
    total: int = 0,
    domain: str = "",
    described: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Describe `thing`, or a page called `title` at `address` (whole; the page's own, without its query, otherwise).

    `items` are (name, whole address) of what a list shows, `total` how many it has in all, `domain` whose feed fits.
    `described` is what schema.org calls the page, where it is no list.
    """
    home = settings.PUBLIC_URL
    path = thing.get_absolute_url() if thing else context["request"].path if "request" in context else "/"
    whole = address or f"{home}{path}"
    description = " ".join((unescape(description) if isinstance(description, SafeData) else description).split())
    if isinstance(thing, Pattern):
        title, description = thing.title, description or " ".join(thing.summary.split())
        graph = _pattern(thing, whole, description)
    elif isinstance(thing, Lighthouse):
        title, description = thing.title, description or " ".join((thing.tagline or thing.description).split())
        graph = _lighthouse(thing, whole, description)
    elif kind == "site":
        graph = [describing.website(home=home, search=f"{home}{reverse('search')}", description=description)]
    elif described is not None:
        graph = [described]
    else:
        graph = [
            describing.collection(address=whole, title=title, description=description, items=list(items), total=total)
        ]
        graph += [_way((title, whole))] if path != "/" else []
    return {
        "title": title,
        "description": cut(description, longest=describing.LONGEST),
        "address": whole,
        "type": "article" if isinstance(thing, Pattern) else "website",
        "image": f"{home}{static('img/og.png')}",
        "site": describing.SITE,
        "text": reverse("pattern_text", args=[thing.slug]) if isinstance(thing, Pattern) else "",
        "domain": thing.domain if isinstance(thing, Pattern) else domain,
        "json": describing.as_json(*graph),
        "csp_nonce": context.get("csp_nonce", ""),
    }


def _pattern(thing: Pattern, address: str, description: str) -> list[dict[str, Any]]:
    home, revision, steps = settings.PUBLIC_URL, thing.current, [(thing.title, address)]
    if thing.domain:
        query = urlencode({"domain": thing.domain})
        steps.insert(0, (words(thing.domain), f"{home}{reverse('browse')}?{query}"))
    found = describing.work(
        home=home,
        address=address,
        title=thing.title,
        description=description,
        revision=revision.number,
        published=thing.created_at.isoformat(),
        changed=revision.created_at.isoformat(),
        author=revision.author.credit if revision.author else revision.author_name,
        license=revision.license or thing.library.license,
        aliases=thing.aliases,
        keywords=[words(one) for one in dict.fromkeys([thing.domain, *thing.categories]) if one],
        library=thing.library.title,
        text=f"{home}{reverse('pattern_text', args=[thing.slug])}",
    )
    return [found, _way(*steps)]


def _lighthouse(thing: Lighthouse, address: str, description: str) -> list[dict[str, Any]]:
    found = describing.place(
        address=address,
        title=thing.title,
        description=description,
        kind=thing.kind,
        country=thing.country,
        founded=thing.founded,
    )
    all_of_them = (_("Lighthouses"), f"{settings.PUBLIC_URL}{reverse('lighthouses')}")
    return [found, _way(all_of_them, (thing.title, address))]


def _way(*steps: tuple[str, str]) -> dict[str, Any]:
    return describing.breadcrumbs([(describing.SITE, f"{settings.PUBLIC_URL}/"), *steps])
