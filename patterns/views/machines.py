"""What machines that read the site are told: where everything is, what to leave alone, and the library in short."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sitemaps.views import SitemapIndexItem
from django.contrib.sitemaps.views import sitemap as sitemap_file
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from patterns.queries.domains import domains
from patterns.queries.library import library_state, published, published_lighthouses, remembered
from patterns.syndication.plain_text import Link, guide
from patterns.syndication.sitemaps import SECTIONS

PAGES = (
    ("Browse all patterns", "browse", "facets: domain, category, tier, status, library"),
    ("Lighthouses", "lighthouses", "organisations, cities and communities, and the patterns they use"),
    ("Ask", "ask", "a question in words, answered with cited passages"),
    ("Questions", "questions", "questions people gave to everybody, with answers that a person read first"),
    ("Wanted patterns", "wanted", "what people ask for and what the library names, and does not hold yet"),
    ("What changed", "feed", "Atom feed; add ?domain= for one domain"),
    ("Sitemap", "sitemap", "every address with the date of its text"),
    ("About", "about", "what this is, who decides, how answers are made"),
    ("Licence", "licence", "terms of every library, and how to attribute"),
)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the sitemap's files. Four queries, however many addresses."""
    files = []
    for name, section in SECTIONS.items():
        part = section()
        address = f"{settings.PUBLIC_URL}{reverse('sitemap_section', args=[name])}"
        for page in range(1, part.paginator.num_pages + 1):
            changed = part.get_latest_lastmod() if page == 1 else None
            files.append(SitemapIndexItem(f"{address}?p={page}" if page > 1 else address, changed))
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One file of the sitemap; `?p=` turns its pages. Two queries, however many addresses."""
    return sitemap_file(request, sitemaps=SECTIONS, section=section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": f"{settings.PUBLIC_URL}{reverse('sitemap')}"}
    return render(request, "patterns/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def llms(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The site for language models. One query while it is remembered, else four."""
    return HttpResponse(remembered("llms", _llms, state=library_state()), content_type="text/plain; charset=utf-8")


def _llms() -> str:
    home = settings.PUBLIC_URL
    places = published_lighthouses().order_by("title", "pk").only("slug", "title", "tagline")
    return guide(
        patterns=published().count(),
        text=f"{home}{reverse('pattern_text', args=['SLUG'])}",
        relations=f"{home}{reverse('relations_of', args=['SLUG'])}?format=text",
        sections=(
            ("Main addresses", [Link(name, f"{home}{reverse(view)}", note) for name, view, note in PAGES]),
            ("Domains", [_domain(one.name, one.key, one.count) for one in domains()]),
            (
                "Lighthouses",
                [
                    Link(one.title, f"{home}{reverse('lighthouse_text', args=[one.slug])}", one.tagline)
                    for one in places
                ],
            ),
        ),
    )


def _domain(name: str, key: str, count: int) -> Link:
    address = f"{settings.PUBLIC_URL}{reverse('browse')}?{urlencode({'domain': key})}"
    return Link(name, address, f"{count} pattern{'' if count == 1 else 's'}")
