"""The browse page: facets, pages, and addresses nobody should have written."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from patterns.enums import PublicationState, Tier
from patterns.queries.listing import PAGE_SIZE
from tests.factories.library import make_library, make_pattern, suits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_counts():
    cache.clear()


def titles(response) -> list[str]:
    return re.findall(r'<h3 dir="auto"><a href="/patterns/[^"]+/">(.*?)</a></h3>', response.content.decode())


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


@pytest.mark.parametrize(
    "query",
    [
        "domain=%00",
        "domain=" + "x" * 5000,
        "sort=evil",
        "tier[]=1",
        "category=%ff%fe",
        "&".join(f"domain=d{number}" for number in range(200)),
        "universality=3",
        "archetype=%F0%9F%8C%8D",
        "sort=suited",
        "domain=%E2%80%AEevil",
    ],
)
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


def test_an_address_longer_than_any_is_refused_in_words(client: Client):
    assert client.get("/patterns/", {"domain": "x" * 100_000}).status_code == 414


def test_several_values_of_one_facet_mean_either(client: Client):
    for domain in ("design", "governance", "privacy"):
        make_pattern(f"Of {domain}", domain=domain)
    response = client.get("/patterns/?domain=design&domain=privacy")
    assert titles(response) == ["Of design", "Of privacy"]
    assert count(response, "Governance") == 1


def test_spellings_of_one_value_are_one_option(client: Client):
    make_pattern("A", domain="Governance")
    make_pattern("B", domain="governance")
    make_pattern("C", categories=["value_creation", "value-creation"])
    response = client.get("/patterns/")
    assert count(response, "Governance") == 2
    assert count(response, "Value creation") == 1
    assert titles(client.get("/patterns/?domain=GOVERNANCE")) == ["A", "B"]


def test_what_patterns_suit_is_a_facet(client: Client):
    suits(make_pattern("Fitting"), "stage", "Exit/Succession", 0.9)
    suits(make_pattern("Not at all"), "stage", "Exit/Succession", 0.0)
    response = client.get("/patterns/?stage=exit/succession")
    assert titles(response) == ["Fitting"]
    assert count(response, "Exit/Succession") == 1


def test_best_suited_come_first(client: Client):
    suits(make_pattern("Fairly"), "stage", "Growth", 0.5)
    suits(make_pattern("Very"), "stage", "Growth", 1.0)
    assert titles(client.get("/patterns/?stage=growth")) == ["Fairly", "Very"]
    response = client.get("/patterns/?stage=growth&sort=suited")
    assert titles(response) == ["Very", "Fairly"]
    assert "fit: 100 of 100" in response.content.decode()


def test_values_without_a_letter_are_not_offered(client: Client):
    make_pattern("A", universality="3")
    make_pattern("B", universality="universal")
    response = client.get("/patterns/")
    assert count(response, "Universal") == 1
    assert not count(response, "3")


def test_an_empty_list_shows_the_ways_out(client: Client):
    make_pattern("A", domain="design", tier=Tier.SILVER)
    make_pattern("B", domain="privacy")
    page = client.get("/patterns/?domain=design&tier=bronze").content.decode()
    assert re.search(r'href="\?tier=bronze"[^>]*>Without Domain: <bdi>Design</bdi></a>', page)
    assert re.search(r'href="\?domain=design"[^>]*>Without Tier: <bdi>Bronze</bdi></a>', page)


def test_a_chosen_value_stays_in_sight_however_rare(client: Client):
    for number in range(9):
        make_pattern(f"P{number}", domain=f"common-{number}")
        make_pattern(f"Q{number}", domain=f"common-{number}")
    make_pattern("Rare one", domain="rare")
    page = client.get("/patterns/?domain=rare").content.decode()
    assert page.index(">Rare<") < page.index('id="more-domain"')


def test_what_stands_in_a_title_is_escaped(client: Client):
    make_pattern("<script>alert(1)</script>", slug="evil", domain='"><b>', categories=["<i>"])
    page = client.get("/patterns/").content.decode()
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "<i>" not in page


@pytest.mark.parametrize(
    ("query", "indexed"),
    [("", True), ("?domain=design", True), ("?domain=design&tier=bronze", False), ("?sort=recent", False)],
)
def test_deep_combinations_are_not_for_search_engines(client: Client, query: str, indexed: bool):
    make_pattern("A", domain="design")
    assert ('content="noindex, follow"' in client.get(f"/patterns/{query}").content.decode()) is not indexed


def test_each_list_has_one_address(client: Client, settings):
    settings.PUBLIC_URL = "https://library.example"
    make_pattern("A", domain="design")
    page = client.get("/patterns/?tier=bronze&domain=Design&utm_source=x").content.decode()
    assert '<link rel="canonical" href="https://library.example/patterns/?domain=design&amp;tier=bronze">' in page


def test_neighbouring_pages_are_named_in_the_head(client: Client):
    for number in range(PAGE_SIZE * 2 + 1):
        make_pattern(f"Pattern {number:03}")
    page = client.get("/patterns/?page=2").content.decode()
    assert re.search(r'<link rel="prev" href="[^"]*/patterns/">', page)
    assert re.search(r'<link rel="next" href="[^"]*/patterns/\?page=3">', page)


def test_htmx_gets_the_list_alone_and_the_count_to_read_out(client: Client):
    make_pattern("A", domain="design")
    response = client.get("/patterns/?domain=design", headers={"HX-Request": "true", "HX-Target": "browse"})
    page = response.content.decode()
    assert "<html" not in page
    assert '<p id="said" hx-swap-oob="innerHTML">1 pattern</p>' in page
    assert "<title>Design · Browse the library" in page
    assert "HX-Request" in response["Vary"]


def test_going_back_brings_the_whole_page(client: Client):
    headers = {"HX-Request": "true", "HX-Target": "browse", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/patterns/", headers=headers).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(client: Client, rows: int, django_assert_num_queries):
    for number in range(rows):
        pattern = make_pattern(f"Pattern {number}", domain=f"domain-{number}", categories=["a", "b"], summary="")
        suits(pattern, "stage", f"Stage {number}", 0.5)
    client.get("/patterns/?domain=domain-0")  # the first view since the library changed makes the index
    with django_assert_num_queries(2):
        client.get("/patterns/?stage=stage-0&category=a&sort=suited")
    with django_assert_num_queries(1):
        client.get("/patterns/?stage=stage-0&category=a&sort=suited")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_view_of_a_changed_library_costs_the_same_for_any_number(
    client: Client, rows: int, django_assert_num_queries
):
    client.get("/patterns/")
    for number in range(rows):
        suits(make_pattern(f"Pattern {number}"), "stage", f"Stage {number}", 0.5)
    with django_assert_num_queries(6):
        client.get("/patterns/")
