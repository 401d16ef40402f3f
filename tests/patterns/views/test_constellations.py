"""Constellations: what suits a situation, in which order, and why."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from patterns.enums import LibraryOrigin
from patterns.faceting.suiting import MOST, WORDS
from patterns.queries.constellations import MOST_OFFERED, PAGE_SIZE
from tests.factories.library import make_library, make_pattern, suits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_pages():
    cache.clear()


def fitting(title: str, /, **scores: float | str | None):
    """A pattern that suits a startup, growth or technology as `scores` say."""
    pattern = make_pattern(title)
    names = {"archetype": "Startup", "stage": "Growth", "sector": "Technology"}
    for axis, score in scores.items():
        suits(pattern, axis, names[axis], score)
    return pattern


def titles(response) -> list[str]:
    return re.findall(r'<h3 dir="auto"><a href="/patterns/[^"]+/">(.*?)</a></h3>', response.content.decode())


ALL = "?archetype=startup&stage=growth&sector=technology"


def test_what_suits_all_three_stands_before_what_suits_one_strongly(client: Client):
    fitting("Strong at one", archetype=1.0)
    fitting("Modest at all", archetype=0.5, stage=0.5, sector="general")
    response = client.get(f"/constellations/{ALL}")
    assert titles(response) == ["Modest at all", "Strong at one"]
    assert "1 suits all you chose" in response.content.decode()


def test_each_axis_says_why_or_that_it_is_silent(client: Client):
    suits(make_pattern("Half"), "archetype", "Startup", 0.9, "Young firms need it.")
    suits(make_pattern("Other"), "stage", "Growth", 0.9)
    page = client.get("/constellations/?archetype=startup&stage=growth").content.decode()
    assert "Young firms need it." in page
    assert "very well" not in page
    assert re.search(r"well <span class=\"quiet numbers\">\(0\.9\)", page)
    assert "the library does not say" in page


def test_words_of_a_score_are_shown_as_words(client: Client):
    fitting("Core", sector="core")
    fitting("Odd", sector="quite-so")
    page = client.get("/constellations/?sector=technology").content.decode()
    assert "(core)" in page
    assert "(quite-so)" in page


def test_equal_fits_stand_by_confidence_then_title(client: Client):
    for title, stars in (("B", 1), ("A", 1), ("C", 3)):
        pattern = fitting(title, stage=0.8)
        pattern.stars = stars
        pattern.save()
    assert titles(client.get("/constellations/?stage=growth")) == ["C", "A", "B"]


def test_a_score_of_nothing_is_no_suitability(client: Client):
    fitting("No", stage=0.0)
    fitting("Yes", stage=0.5)
    assert titles(client.get("/constellations/?stage=growth")) == ["Yes"]


def test_the_start_shows_how_many_suit_what(client: Client):
    fitting("A", archetype=0.5, stage=0.5)
    fitting("B", archetype=0.5)
    page = client.get("/constellations/").content.decode()
    assert 'href="?archetype=startup&amp;stage=growth"' in page
    assert '<option value="startup">Startup (2)</option>' in page


def test_constellation_and_browse_lead_to_each_other(client: Client):
    fitting("A", archetype=0.5, stage=0.9)
    fitting("B", archetype=1.0, stage=0.9)
    page = client.get("/constellations/?archetype=startup&stage=growth").content.decode()
    address = re.search(r'class="in-browse small" href="([^"]+)"', page)[1].replace("&amp;", "&")
    browsed = client.get(address)
    assert titles(browsed) == titles(client.get("/constellations/?archetype=startup&stage=growth")) == ["B", "A"]
    assert f'{reverse("constellations")}?archetype=startup&amp;stage=growth"' in browsed.content.decode()


def test_where_the_numbers_are_from_is_said(client: Client):
    fitting("Ours", stage=0.5)
    imported = make_library("brought", title="Brought here", origin=LibraryOrigin.IMPORTED)
    suits(make_pattern("Theirs", library=imported), "stage", "Growth", 0.5)
    page = client.get("/constellations/?stage=growth").content.decode()
    assert "“<bdi>Starter</bdi>” were written by hand" in page
    assert "“<bdi>Brought here</bdi>” came with its import. A program extracted them" in page


def test_the_page_says_what_words_are_worth(client: Client):
    fitting("A", stage=0.5)
    page = client.get("/constellations/").content.decode()
    for word in ("core", "strong", "specific", "moderate", "general"):
        assert f"{word} {WORDS[word] / MOST}" in page


def test_of_very_many_names_the_chosen_one_is_still_offered(client: Client):
    pattern = make_pattern("A")
    for number in range(MOST_OFFERED + 2):
        suits(pattern, "sector", f"Sector {number:03}", 0.5)
    page = client.get("/constellations/?sector=sector-101").content.decode()
    assert '<option value="sector-101" selected>' in page
    assert '<option value="sector-100"' not in page


def test_an_unknown_name_is_left_out_and_said_so(client: Client):
    fitting("A", stage=0.5)
    page = client.get("/constellations/?stage=growth&archetype=nobody").content.decode()
    assert "“<bdi>Nobody</bdi>”; it was left out" in page
    assert "of 100</span>" in page
    assert "archetype=nobody" not in page


def test_a_library_that_says_nothing_has_a_designed_page(client: Client):
    make_pattern("A")
    page = client.get("/constellations/?stage=growth").content.decode()
    assert "No library here says what its patterns suit yet" in page


def test_empty_fields_of_the_form_leave_the_address(client: Client):
    fitting("A", stage=0.5)
    response = client.get("/constellations/?archetype=&stage=growth&sector=")
    assert response.status_code == 302
    assert response["Location"] == "/constellations/?stage=growth"


def test_htmx_gets_the_part_and_the_address_to_show(client: Client):
    fitting("A", stage=0.5)
    headers = {"HX-Request": "true", "HX-Target": "constellation"}
    response = client.get("/constellations/?archetype=&stage=growth&sector=", headers=headers)
    assert response["HX-Push-Url"] == "/constellations/?stage=growth"
    assert "<html" not in response.content.decode()
    assert "1 pattern</p>" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "9" * 30, "2", "x"])
def test_a_page_that_is_none_is_a_404_with_the_way_back(client: Client, page: str):
    fitting("A", stage=0.5)
    response = client.get("/constellations/", {"stage": "growth", "page": page})
    assert response.status_code == 404
    assert "Go to the last one" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["stage=%00", "stage=" + "x" * 5000, "stage=%ff%fe", "stage=a&stage=b", "nonsense=1", "archetype=%20"]
)
def test_odd_addresses_are_no_server_error(client: Client, query: str):
    fitting("A", stage=0.5)
    assert client.get(f"/constellations/?{query}").status_code in {200, 302}


def test_what_files_say_is_escaped(client: Client):
    suits(make_pattern("A"), "stage", "<b>Growth</b>", 0.5, "<script>alert(1)</script>")
    for address in ("/constellations/", "/constellations/?stage=<b>growth</b>"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>" not in page


def test_pages_do_not_repeat_or_lose_anything(client: Client):
    for number in range(PAGE_SIZE + 3):
        fitting(f"Pattern {number:02}", stage=(0.5, 0.9, "core")[number % 3])
    first, second = (titles(client.get(f"/constellations/?stage=growth&page={page}")) for page in (1, 2))
    assert len(first) == PAGE_SIZE
    assert len({*first, *second}) == PAGE_SIZE + 3


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(client: Client, rows: int, django_assert_num_queries):
    for number in range(rows):
        fitting(f"Pattern {number}", archetype=0.5, stage=0.9, sector="core")
    client.get("/constellations/")
    with django_assert_num_queries(3):
        client.get(f"/constellations/{ALL}")
    with django_assert_num_queries(1):
        client.get(f"/constellations/{ALL}")
