"""The browse page: facets, pages, and addresses nobody should have written."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from patterns.enums import PublicationState, Tier
from patterns.queries.browsing import Browsing
from patterns.queries.listing import PAGE_SIZE
from tests.factories.library import make_library, make_pattern

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_counts():
    cache.clear()


def titles(response) -> list[str]:
    return re.findall(r'<h2><a href="/patterns/[^"]+/">(.*?)</a></h2>', response.content.decode())


def count(response, label: str) -> int:
    found = re.search(rf"<span>{label}</span><span class=\"numbers\">([\d,]+)</span>", response.content.decode())
    return int(found[1]) if found else 0


def test_patterns_stand_in_order_of_their_titles(client: Client):
    make_pattern("Zebra crossing")
    make_pattern("Apple orchard")
    assert titles(client.get("/patterns/")) == ["Apple orchard", "Zebra crossing"]


def test_a_pattern_without_a_summary_shows_how_its_text_begins(client: Client):
    make_pattern("Plain", "# Plain\n\n### 1. Overview\n\nIt begins *here*. And goes on.\n", summary="")
    assert "It begins here. And goes on." in client.get("/patterns/").content.decode()


def test_retired_patterns_are_not_listed(client: Client):
    make_pattern("Gone", state=PublicationState.RETIRED)
    assert titles(client.get("/patterns/")) == []


def test_chosen_facets_stack(client: Client):
    make_pattern("Both", domain="governance", categories=["practice"])
    make_pattern("One", domain="governance", categories=["model"])
    assert titles(client.get("/patterns/?domain=governance&category=practice")) == ["Both"]


def test_counts_say_what_would_remain(client: Client):
    make_pattern("A", domain="governance", tier=Tier.SILVER)
    make_pattern("B", domain="governance")
    make_pattern("C", domain="design")
    response = client.get("/patterns/?domain=governance")
    assert count(response, "Bronze") == 1
    assert count(response, "Design") == 1


def test_counts_follow_the_library(client: Client):
    make_pattern("A", domain="design")
    client.get("/patterns/")
    make_pattern("B", domain="design")
    assert count(client.get("/patterns/"), "Design") == 2


def test_libraries_are_a_facet(client: Client):
    make_pattern("Ours")
    make_pattern("Theirs", library=make_library("commons-os"))
    assert titles(client.get("/patterns/?library=commons-os")) == ["Theirs"]


def test_a_chosen_value_nobody_has_can_be_taken_back(client: Client):
    make_pattern("A", domain="design")
    page = client.get("/patterns/?domain=nowhere").content.decode()
    assert "No pattern is all of this at once" in page
    assert 'class="chip" href="?"' in page


def test_a_page_past_the_end_is_a_404_that_shows_the_way_back(client: Client):
    make_pattern("Only")
    response = client.get("/patterns/?page=9")
    assert response.status_code == 404
    assert "There is no such page of this list" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "two", "1e3", "9" * 30, "١", ""])
def test_a_page_that_is_no_page_is_a_404(client: Client, page: str):
    assert client.get("/patterns/", {"page": page}).status_code == 404


@pytest.mark.parametrize("query", ["domain=%00", "domain=" + "x" * 5000, "sort=evil", "tier[]=1", "category=%ff%fe"])
def test_odd_values_are_no_server_error(client: Client, query: str):
    assert client.get(f"/patterns/?{query}").status_code in {200, 404}


def test_words_go_to_the_search_page(client: Client):
    response = client.get("/patterns/", {"q": "steward ownership"})
    assert response.status_code == 302
    assert response["Location"] == reverse("search") + "?q=steward+ownership"


def test_pages_do_not_repeat_or_lose_anything(client: Client):
    for number in range(PAGE_SIZE + 3):
        make_pattern(f"Pattern {number:03}")
    first, second = (titles(client.get(f"/patterns/?page={page}")) for page in (1, 2))
    assert len(first) == PAGE_SIZE
    assert len({*first, *second}) == PAGE_SIZE + 3


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(client: Client, rows: int, django_assert_num_queries):
    for number in range(rows):
        make_pattern(f"Pattern {number}", domain=f"domain-{number}", categories=["a", "b"], summary="")
    with django_assert_num_queries(9):
        client.get("/patterns/")
    with django_assert_num_queries(1):
        client.get("/patterns/")


def test_addresses_read_back_as_what_was_chosen():
    browsing = Browsing(chosen={"domain": "a b", "tier": "gold"}, sort="recent")
    from django.http import QueryDict

    assert Browsing.from_query(QueryDict(browsing.address(page=3)[1:])) == Browsing(
        chosen=browsing.chosen, sort="recent", page=3
    )
