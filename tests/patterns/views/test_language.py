"""The pages in another language, and how one chooses it."""

import pytest

from tests.factories.library import make_pattern

pytestmark = pytest.mark.django_db


def test_pages_come_in_the_language_the_browser_asks_for(client):
    page = client.get("/patterns/", headers={"accept-language": "de"})
    assert b'<html lang="de">' in page.content
    assert "Stöbern" in page.content.decode()


def test_a_text_of_the_library_says_that_it_is_in_another_language(client):
    make_pattern("Shared well", "## Context\n\nPeople share a well.")
    page = client.get("/patterns/shared-well/", headers={"accept-language": "de"}).content.decode()
    assert '<div class="prose" dir="auto" lang="en">' in page


def test_in_its_own_language_it_need_not_say_so(client):
    make_pattern("Shared well", "## Context\n\nPeople share a well.")
    assert '<div class="prose" dir="auto">' in client.get("/patterns/shared-well/").content.decode()


def test_a_choice_counts_more_than_the_browser(client):
    client.post("/language/", {"language": "de", "next": "/about/"})
    assert b'<html lang="de">' in client.get("/about/", headers={"accept-language": "en"}).content


def test_after_choosing_one_is_back_where_one_was(client):
    response = client.post("/language/", {"language": "de", "next": "/about/"})
    assert response.headers["Location"] == "/about/"


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_choosing_leads_nowhere_else(client, where):
    assert where not in client.get("/language/", {"next": where}).content.decode()
    response = client.post("/language/", {"language": "de", "next": where})
    assert not response.headers["Location"].startswith(where)


@pytest.mark.parametrize("language", ["xx", "", "de\0", "d" * 5000])
def test_an_unknown_language_changes_nothing(client, language):
    client.post("/language/", {"language": language, "next": "/"})
    assert b'<html lang="en">' in client.get("/about/").content


def test_numbers_and_dates_are_written_as_the_language_does(client):
    make_pattern("Shared well", "## Context\n\nPeople share a well.")
    page = client.get("/patterns/shared-well/history/", headers={"accept-language": "de"}).content.decode()
    assert "j F Y" not in page
    assert ". " in page.split("<time", 1)[1].split(">", 1)[1][:4]
