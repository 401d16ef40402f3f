"""The search page shows what was found and why, at one price however much, and says so when there is nothing."""

import html
import re

import pytest
from django.urls import reverse

from inference.indexing import generations, passages, planning
from inference.models import IndexGeneration
from inference.names import entities
from inference.searching import page as finding_page
from inference.titles import suggesting
from tests.factories.library import make_lighthouse, make_pattern

pytestmark = pytest.mark.django_db


def fill(count):
    """Publish so many patterns, and index all there is by its words."""
    entities.forget()
    suggesting.forget()
    for number in range(count):
        make_pattern(
            f"Shared bay {number}",
            f"## Solution\n\nFishers <b>agree</b> on bay {number}.\n",
            domain=f"ecology-{number % 3}",
        )
    made = {"recipe": "words only", "model": "none", "dimensions": 3, "live": True}
    generation = generations.live() or IndexGeneration.objects.create(**made)
    while wanted := planning.lacking(generation, limit=100):
        passages.apply(generation, wanted)


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
    page(client, q="fishers", domain="ecology-0")
    with django_assert_num_queries(QUERIES):
        page(client, q="fishers")
    with django_assert_num_queries(NARROWED):
        page(client, q="fishers", domain="ecology-0")


def facet_counts(text):
    """What each option of each facet says: {(facet, value): (count, address)}."""
    found = re.findall(r'<a id="([a-z]+)-([^"]+)" href="([^"]+)"[^>]*>.*?<span class="numbers">([\d,]+)</span>', text)
    return {(facet, key): (int(count), html.unescape(address)) for facet, key, address, count in found}


def test_facets_count_what_was_found_and_every_count_is_true(client):
    make_pattern("Bread oven", "## Solution\n\nNeighbours bake.\n", domain="ecology-1", tier="gold")
    fill(7)
    make_pattern("Silver bay", "## Solution\n\nFishers mend nets.\n", domain="ecology-2", tier="silver")
    fill(0)
    counts = facet_counts(page(client, q="fishers").content.decode())
    assert {key: count for key, (count, _) in counts.items()} == {
        ("domain", "ecology-0"): 3,
        ("domain", "ecology-1"): 2,
        ("domain", "ecology-2"): 3,
        ("tier", "bronze"): 7,
        ("tier", "silver"): 1,
        ("library", "starter"): 8,
    }
    for count, address in counts.values():
        text = client.get(reverse("search") + address).content.decode()
        assert f"{count} of the 8 entries found" in text


def test_several_values_of_one_facet_are_either_and_facets_are_both(client):
    fill(6)
    text = client.get(reverse("search") + "?q=fishers&domain=ecology-1&domain=ecology-2&tier=bronze").content.decode()
    assert "4 of the 6 entries found" in text
    assert text.count('class="chip"') == 3
    assert "Shared bay 0" not in text


def test_what_has_the_facets_and_stands_further_off_closes_the_list(client, monkeypatch):
    monkeypatch.setattr(finding_page, "FOUND", 2)
    fill(6)
    text = page(client, q="fishers", domain="ecology-2").content.decode()
    assert "Nearest to your words with them" in text or "Further from your words" in text
    assert {f"Shared bay {number}" in text for number in (2, 5)} == {True}


def test_a_new_search_keeps_the_facets(client):
    fill(2)
    text = page(client, q="fishers", domain="ecology-1").content.decode()
    form = text.split('role="search"')[1].split("</form>")[0]
    assert '<input type="hidden" name="domain" value="ecology-1">' in form


def test_htmx_gets_the_results_alone(client):
    fill(2)
    swapped = client.get(reverse("search"), {"q": "fishers"}, headers={"HX-Request": "true", "HX-Target": "search"})
    text = swapped.content.decode()
    assert "<html" not in text
    assert text.startswith("<title>fishers · Search")
    assert "Shared bay 1" in text
    assert "HX-Target" in swapped["Vary"]


def test_a_slip_is_offered_without_it(client):
    fill(2)
    text = page(client, q="shraed fishers").content.decode()
    assert 'Did you mean <a href="?q=shared%20fishers">' in text


def test_a_word_that_some_text_has_is_no_slip(client):
    fill(2)
    make_pattern("Shores", "## Solution\n\nFishers shard pots.\n")
    fill(0)
    assert "Did you mean" not in page(client, q="shard fishers").content.decode()


def test_a_part_of_an_address_that_means_nothing_is_said(client):
    fill(1)
    assert "means nothing here" in page(client, q="fishers", domain="\u202e").content.decode()


QUERIES = 8  # names twice, words, authorised passages, patterns, facets, titles, and words no title has
NARROWED = 12  # the facets as a filter, and names, words and passages once more
