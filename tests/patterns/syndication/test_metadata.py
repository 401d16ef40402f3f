"""Descriptions for machines say what is there, and no text in them can leave the element they stand in."""

import json
import re

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from patterns.syndication import metadata
from tests.factories.library import make_lighthouse, make_pattern

HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 “x”"


def described(html: str) -> dict[str, dict]:
    """The JSON-LD of a page, by type."""
    (text,) = re.findall(r'<script type="application/ld\+json" nonce="[^"]*">(.*?)</script>', html, re.DOTALL)
    return {one["@type"]: one for one in json.loads(text)["@graph"]}


def drawn(tag: str, **context) -> str:
    return Template(f"{{% load metadata %}}{{% metadata {tag} %}}").render(Context(context))


@given(st.text())
def test_no_text_ends_the_element_and_every_text_survives(text):
    written = metadata.as_json({"name": text})
    assert not re.search(r"[<>&\u2028\u2029]", written)
    assert json.loads(written)["@graph"] == [{"name": text}]


def test_empty_facts_are_left_out():
    found = metadata.work(
        home="https://x",
        address="https://x/a/",
        title="A",
        description="",
        revision=1,
        published="2026",
        changed="2026",
    )
    assert "description" not in found
    assert "author" not in found
    assert found["headline"] == "A"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("city", "City"), ("Village", "Place"), ("cooperative", "Organization"), ("", "Organization")],
)
def test_a_lighthouse_is_a_place_or_an_organisation(kind, expected):
    assert metadata.place(address="https://x/l/", title="L", description="", kind=kind)["@type"] == expected


@pytest.mark.django_db
def test_a_pattern_is_an_article_with_its_licence_and_its_way(settings):
    settings.PUBLIC_URL = "https://clm.example.org"
    found = described(drawn("pattern", pattern=make_pattern("Shared well", domain="village-life")))
    article = found["TechArticle"]
    assert article["url"] == "https://clm.example.org/patterns/shared-well/"
    assert article["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert article["author"]["name"] == "A careful contributor"
    steps = found["BreadcrumbList"]["itemListElement"]
    assert [(one["position"], one["name"]) for one in steps] == [
        (1, "Commons Language Model"),
        (2, "Village life"),
        (3, "Shared well"),
    ]


@pytest.mark.django_db
def test_a_hostile_title_stays_a_title():
    pattern = make_pattern(HOSTILE, slug="hostile", summary=HOSTILE)
    html = drawn("pattern", pattern=pattern)
    assert described(html)["TechArticle"]["headline"] == HOSTILE
    assert html.count("<script") == 1
    assert 'og:title" content="&lt;/script&gt;' in html


@pytest.mark.django_db
def test_a_lighthouse_is_described(settings):
    settings.PUBLIC_URL = "https://clm.example.org"
    place = make_lighthouse("Vienna", kind="city", country="Austria", tagline="Homes for all")
    city = described(drawn("lighthouse", lighthouse=place))["City"]
    assert city["address"]["addressCountry"] == "Austria"
    assert city["description"] == "Homes for all"


def test_rendered_words_are_described_as_plain_words():
    html = Template("{% load metadata %}{% metadata title='T' description=lead|striptags %}").render(
        Context({"lead": metadata.mark_safe("Yours &amp; <em>mine</em>")})
    )
    assert described(html)["CollectionPage"]["description"] == "Yours & mine"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/patterns/", "/patterns/shared-well/", "/about/", "/wanted/"])
def test_pages_carry_one_description_and_one_canonical_link(client, address):
    make_pattern("Shared well", domain="villages")
    html = client.get(address).content.decode()
    assert described(html)
    for once in ('rel="canonical"', 'name="description"', 'property="og:title"', 'property="og:image"'):
        assert html.count(once) == 1, once


@pytest.mark.django_db
def test_the_home_page_says_how_to_search(client, settings):
    settings.PUBLIC_URL = "https://clm.example.org"
    action = described(client.get("/").content.decode())["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == "https://clm.example.org/search/?q={search_term_string}"


@pytest.mark.django_db
def test_the_browse_page_lists_its_patterns(client):
    make_pattern("Shared well", domain="villages")
    html = client.get("/patterns/?domain=villages").content.decode()
    listed = described(html)["CollectionPage"]["mainEntity"]
    assert [(one["position"], one["name"]) for one in listed["itemListElement"]] == [(1, "Shared well")]
    assert 'href="/feed/?domain=villages"' in html


@pytest.mark.django_db
def test_a_description_may_stand_under_the_content_security_policy(client):
    response = client.get("/patterns/")
    (nonce,) = re.findall(r'ld\+json" nonce="([^"]+)"', response.content.decode())
    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]
