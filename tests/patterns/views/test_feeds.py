"""The feed's address: found from every page, narrowed by domain, and not sent twice to who has it."""

from xml.etree import ElementTree as ET

import pytest

from tests.factories.library import make_pattern

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(response) -> list[str]:
    return [one.findtext(f"{ATOM}title") for one in ET.fromstring(response.content).findall(f"{ATOM}entry")]  # noqa: S314


def test_the_feed_tells_what_is_new(client):
    make_pattern("Shared well")
    response = client.get("/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert titles(response) == ["New: Shared well"]


def test_every_page_says_where_the_feed_is(client):
    html = client.get("/patterns/").content.decode()
    assert 'rel="alternate" type="application/atom+xml"' in html
    assert 'href="/feed/"' in html


def test_a_domain_has_a_feed_of_its_own(client):
    make_pattern("Shared well", domain="village-life")
    make_pattern("Night bus", domain="cities")
    assert titles(client.get("/feed/?domain=Village Life")) == ["New: Shared well"]


@pytest.mark.parametrize("domain", ["nothing", "x" * 5000, "%00", "%F0%9F%8C%B3", "\u202e"])
def test_a_domain_that_is_not_there_is_answered_in_words(client, domain):
    make_pattern(domain="cities")
    response = client.get(f"/feed/?domain={domain}")
    assert response.status_code == 404
    assert "There is no such domain" in response.content.decode()


def test_a_reader_that_has_the_newest_is_sent_nothing(client):
    make_pattern()
    first = client.get("/feed/")
    again = client.get("/feed/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/feed/", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304


def test_a_reader_hears_of_a_change(client):
    make_pattern()
    first = client.get("/feed/")
    make_pattern("Night bus")
    again = client.get("/feed/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "New: Night bus" in titles(again)


def test_an_empty_library_has_a_feed(client):
    assert titles(client.get("/feed/")) == []


@pytest.mark.parametrize("count", [1, 4])
def test_query_count_is_constant(client, django_assert_num_queries, count):
    for _ in range(count):
        make_pattern()
    with django_assert_num_queries(9):
        client.get("/feed/")
    with django_assert_num_queries(3):
        client.get("/feed/")
