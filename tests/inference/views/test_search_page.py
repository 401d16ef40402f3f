"""The search page shows what was found and why, at one price however much, and says so when there is nothing."""

import pytest
from django.urls import reverse

from inference import entities, indexing, suggesting
from tests.factories.library import make_lighthouse, make_pattern

pytestmark = pytest.mark.django_db


def fill(count):
    entities.forget()
    suggesting.forget()
    for number in range(count):
        make_pattern(
            f"Shared bay {number}",
            f"## Solution\n\nFishers <b>agree</b> on bay {number}.\n",
            domain=f"ecology-{number % 3}",
        )
    indexing.follow(embed=False)


@pytest.fixture(autouse=True)
def home(library_home):
    return library_home


def page(client, **query):
    return client.get(reverse("search"), query)


def test_results_show_title_passage_reason_tier_and_domain(client):
    fill(1)
    text = page(client, q="fishers").content.decode()
    assert "Shared bay 0" in text
    assert "<mark>Fishers</mark>" in text
    assert "Says “fishers”" in text
    assert "tier-bronze" in text
    assert "Ecology 0" in text


def test_a_notice_says_that_words_alone_answered(client):
    fill(1)
    assert "answered from words alone" in page(client, q="fishers").content.decode()


def test_what_a_visitor_typed_is_escaped(client):
    fill(1)
    text = page(client, q='<script>alert(1)</script>"').content.decode()
    assert "<script>alert" not in text


def test_domains_narrow(client):
    fill(4)
    text = page(client, q="fishers", domain="ecology-1").content.decode()
    assert "Shared bay 1" in text
    assert "Shared bay 0" not in text
    assert 'class="chip"' in text


def test_pages_are_bounded(client):
    fill(23)
    assert "Page 2 of 3" in page(client, q="fishers", page=2).content.decode()
    past = page(client, q="fishers", page=99)
    assert past.status_code == 404
    assert "no such page" in past.content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "x", "٣", "9" * 50, ""])
def test_a_page_that_is_none_is_the_first(client, number):
    fill(1)
    assert page(client, q="fishers", page=number).status_code == 200


def test_nothing_found_offers_near_titles_and_the_question(client):
    fill(1)
    text = page(client, q="shaerd bey").content.decode()
    assert "We could not find this in the library" in text
    assert 'href="/patterns/shared-bay-0/"' in text.split("Nearest titles")[1]
    assert reverse("ask") in text


def test_nothing_found_and_nothing_near_offers_no_list(client):
    fill(1)
    text = page(client, q="zxqvy").content.decode()
    assert "We could not find this in the library" in text
    assert "Nearest titles" not in text


def test_no_words_is_a_page_of_its_own(client):
    make_lighthouse("Wellstead", uses=(make_pattern("Shared well"), "Something else"))
    fill(1)
    response = page(client)
    assert response.status_code == 200
    text = response.content.decode()
    assert "What are you looking for" in text
    assert 'href="/patterns/shared-well/"' in text.split("Patterns that lighthouses use")[1]
    assert "used by 1 lighthouse<" in text


def test_no_words_costs_the_same_however_much_is_used(client, django_assert_num_queries):
    make_lighthouse("Wellstead", uses=tuple(make_pattern(f"Well {number}") for number in range(9)))
    page(client)
    with django_assert_num_queries(1):
        page(client)


def test_a_lighthouse_is_marked_as_one(client):
    make_lighthouse("Buurtzorg", "## Story\n\nNurses decide.\n")
    fill(0)
    assert "Lighthouse</span>" in page(client, q="nurses").content.decode()


@pytest.mark.parametrize("query", ["\0", "x" * 5000, "a' OR 1=1 --", "%", "%00"])
def test_odd_words_are_answered(client, query):
    fill(1)
    assert page(client, q=query).status_code == 200


def test_query_count_is_constant(client, django_assert_num_queries):
    fill(3)
    page(client, q="fishers")
    with django_assert_num_queries(QUERIES):
        page(client, q="fishers", domain="ecology-0")
    with django_assert_num_queries(QUERIES):
        page(client, q="fishers")


QUERIES = 5  # words, newest change for names, authorised passages, patterns, and names that look alike
