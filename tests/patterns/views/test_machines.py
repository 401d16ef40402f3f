"""What machines are told: the sitemap, what to leave alone, the guide, and every text as plain Markdown."""

import re
import urllib.robotparser
from datetime import UTC

import pytest
import yaml

from patterns.enums import PublicationState
from patterns.syndication import sitemaps
from tests.factories.library import add_revision, make_lighthouse, make_pattern

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_URL = "https://clm.example.org"


def locations(response) -> list[str]:
    return re.findall(r"<loc>(.*?)</loc>", response.content.decode())


def test_the_sitemap_names_its_files_by_the_public_address(client):
    make_pattern()
    make_lighthouse()
    assert locations(client.get("/sitemap.xml")) == [
        "https://clm.example.org/sitemap-pages.xml",
        "https://clm.example.org/sitemap-patterns.xml",
        "https://clm.example.org/sitemap-lighthouses.xml",
        "https://clm.example.org/sitemap-questions.xml",
    ]


def test_a_pattern_is_listed_with_the_day_its_text_changed(client):
    well = make_pattern("Shared well")
    add_revision(well, "## Context\n\nNew.\n")
    text = client.get("/sitemap-patterns.xml").content.decode()
    day = well.current.created_at.astimezone(UTC).date().isoformat()
    assert "<loc>https://clm.example.org/patterns/shared-well/</loc>" in text
    assert f"<lastmod>{day}</lastmod>" in text


def test_what_is_retired_is_not_listed(client):
    make_pattern(state=PublicationState.RETIRED)
    assert locations(client.get("/sitemap-patterns.xml")) == []


def test_many_patterns_stand_in_several_files(client, monkeypatch):
    monkeypatch.setattr(sitemaps.Patterns, "limit", 2)
    for _ in range(5):
        make_pattern()
    assert locations(client.get("/sitemap.xml"))[1:4] == [
        "https://clm.example.org/sitemap-patterns.xml",
        "https://clm.example.org/sitemap-patterns.xml?p=2",
        "https://clm.example.org/sitemap-patterns.xml?p=3",
    ]
    assert len(locations(client.get("/sitemap-patterns.xml?p=3"))) == 1


def test_fixed_pages_are_there(client):
    found = [address.removeprefix("https://clm.example.org") for address in locations(client.get("/sitemap-pages.xml"))]
    assert {"/", "/patterns/", "/about/", "/privacy/", "/wanted/"} <= set(found)
    assert [address for address in found if client.get(address).status_code != 200] == []


@pytest.mark.parametrize("address", ["/sitemap-nothing.xml", "/sitemap-patterns.xml?p=99", "/sitemap-patterns.xml?p=x"])
def test_a_file_that_is_not_there_is_a_designed_page(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "We could not find this page" in response.content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_the_sitemaps_query_count_is_constant(client, django_assert_num_queries, count):
    for _ in range(count):
        make_pattern()
    with django_assert_num_queries(2):
        client.get("/sitemap-patterns.xml")


def test_robots_are_kept_out_of_what_is_private_or_endless(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: https://clm.example.org/sitemap.xml" in text
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(text.splitlines())
    assert not rules.can_fetch("*", "/answers/abc/")
    assert not rules.can_fetch("*", "/search/?q=x")
    assert rules.can_fetch("*", "/patterns/shared-well/")
    assert rules.can_fetch("*", "/about/")


def test_robots_are_not_told_where_the_administration_is(client, settings):
    assert settings.ADMIN_PATH not in client.get("/robots.txt").content.decode()


def test_the_guide_names_domains_and_lighthouses(client):
    make_pattern(domain="village-life")
    make_lighthouse("Vienna", tagline="Homes for all")
    text = client.get("/llms.txt").content.decode()
    assert "- [Village life](https://clm.example.org/patterns/?domain=village-life): 1 pattern" in text
    assert "- [Vienna](https://clm.example.org/lighthouses/vienna/text/): Homes for all" in text


def test_the_guide_is_remembered(client, django_assert_num_queries):
    client.get("/llms.txt")
    with django_assert_num_queries(1):
        client.get("/llms.txt")


def test_a_pattern_as_markdown_says_where_it_comes_from(client, django_assert_num_queries):
    make_pattern("Shared well", "## Context\n\nA <b>village</b>.\n", summary="Agree & share.")
    with django_assert_num_queries(2):
        response = client.get("/patterns/shared-well/text/")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Link"] == '<https://clm.example.org/patterns/shared-well/>; rel="canonical"'
    text = response.content.decode()
    assert yaml.safe_load(text.split("---\n")[1])["license"] == "CC-BY-SA-4.0"
    assert text.endswith("# Shared well\n\n> Agree & share.\n\n## Context\n\nA <b>village</b>.\n")


def test_a_lighthouse_as_markdown(client):
    make_lighthouse("Vienna")
    assert "# Vienna" in client.get("/lighthouses/vienna/text/").content.decode()


def test_the_text_of_what_was_taken_out_is_gone(client):
    make_pattern("Shared well", state=PublicationState.RETIRED)
    assert client.get("/patterns/shared-well/text/").status_code == 410


@pytest.mark.parametrize("address", ["/patterns/nothing/text/", "/lighthouses/nothing/text/", "/patterns/a%00b/text/"])
def test_the_text_of_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_pattern_page_says_that_there_is_plain_text(client):
    make_pattern("Shared well")
    html = client.get("/patterns/shared-well/").content.decode()
    assert '<link rel="alternate" type="text/markdown" href="/patterns/shared-well/text/">' in html
