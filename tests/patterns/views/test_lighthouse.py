"""Lighthouses: the list and its filters, what each says it uses, and what it names that is not here."""

import pytest
from django.core.cache import cache
from django.test import Client

from inference.titles import suggesting
from patterns.enums import PublicationState
from tests.factories.library import make_library, make_lighthouse, make_pattern

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    suggesting.forget()
    yield
    suggesting.forget()


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_says_how_much_each_uses(client: Client):
    make_lighthouse("Wellstead", uses=(make_pattern("Shared well"), "Something else"))
    html = shown(client, "/lighthouses/")
    assert "uses 2 patterns, 1 of them not in the library" in html
    assert 'href="/patterns/shared-well/"' in html


def test_the_list_says_when_none_is_in_the_library(client: Client):
    make_lighthouse("Wellstead", uses=("Something", "Something else"))
    assert "none of them in the library" in shown(client, "/lighthouses/")


def test_filters_narrow_and_can_be_taken_away(client: Client):
    make_lighthouse("Wellstead", kind="city", country="Spain (Catalonia)")
    make_lighthouse("Fordham", kind="city", country="Norway")
    html = shown(client, "/lighthouses/?country=spain")
    assert "Wellstead" in html
    assert "Fordham" not in html
    assert 'class="chip" href="?"' in html
    assert '<meta name="robots" content="noindex' in html


def test_by_country_the_list_has_countries_as_headings(client: Client):
    make_lighthouse("Wellstead", country="Spain (Catalonia)")
    make_lighthouse("Fordham")
    html = shown(client, "/lighthouses/?sort=country")
    assert html.index(">Spain</h2>") < html.index("Wellstead</a></h3>") < html.index("Country not stated</h2>")


def test_an_empty_library_and_an_empty_choice_say_so(client: Client):
    assert "No lighthouse has been described yet" in shown(client, "/lighthouses/")
    make_lighthouse("Wellstead", kind="city")
    assert "No lighthouse is all of this at once" in shown(client, "/lighthouses/?country=atlantis")


@pytest.mark.parametrize("page", ["0", "-1", "2", "9" * 60, "x"])
def test_a_page_there_is_not_is_said(client: Client, page: str):
    make_lighthouse("Wellstead")
    assert "There is no such page of this list" in shown(client, f"/lighthouses/?page={page}", status=404)


@pytest.mark.parametrize(
    "query", ["kind=%00", "country=" + "x" * 6000, "sort=nonsense", "kind=%FF&sector=%22%3E%3Cb%3E"]
)
def test_odd_filters_are_answered(client: Client, query: str):
    make_lighthouse("Wellstead")
    assert "<b>" not in shown(client, f"/lighthouses/?{query}")


def test_long_lists_have_pages(client: Client):
    for number in range(31):
        make_lighthouse(f"Place {number:02}", country="Spain")
    assert "Place 30" not in shown(client, "/lighthouses/?country=spain")
    html = shown(client, "/lighthouses/?country=spain&page=2")
    assert "Place 30" in html
    assert 'rel="prev" href="?country=spain"' in html


def test_libraries_tell_apart_what_is_called_alike(client: Client):
    make_lighthouse("Wellstead")
    assert ">Starter</span>" not in shown(client, "/lighthouses/")
    make_lighthouse("Wellstead", slug="wellstead-2", library=make_library("other", title="Another library"))
    assert ">Another library</span>" in shown(client, "/lighthouses/")


@pytest.mark.parametrize("rows", [1, 5])
def test_the_queries_of_the_list_do_not_grow(client: Client, rows: int, django_assert_num_queries):
    for number in range(rows):
        make_lighthouse(f"Place {number}", uses=tuple(make_pattern(f"P {number} {n}") for n in range(rows)))
    with django_assert_num_queries(3):
        client.get("/lighthouses/")
    with django_assert_num_queries(2):
        client.get("/lighthouses/?sort=uses")


def test_what_it_uses_comes_with_its_tier_and_its_own_words(client: Client):
    body = "## Patterns in use\n\n**Village pump.** Every house may draw from it in the morning.\n"
    well = make_pattern("Shared well", aliases=["Village pump"])
    lighthouse = make_lighthouse("Wellstead", body, uses=(well,))
    lighthouse.adoptions.update(reference="Village pump")
    html = shown(client, "/lighthouses/wellstead/")
    assert 'href="/patterns/shared-well/"' in html
    assert "tier-bronze" in html
    assert "It calls this <bdi>Village pump</bdi>" in html
    assert "<blockquote" in html
    assert html.count("Every house may draw from it in the morning.") == 2  # beside the text and in it


def test_what_names_no_pattern_stays_plain_text_apart(client: Client):
    make_lighthouse("Wellstead", uses=(make_pattern("Shared well"), "Something <else>"))
    html = shown(client, "/lighthouses/wellstead/")
    known, missing = html.split("Not in the library")
    assert 'href="/patterns/shared-well/"' in known
    assert "Something &lt;else&gt;" in missing
    assert "/search/?q=Something%20%3Celse%3E" in missing


def test_near_titles_are_offered_and_not_asserted(client: Client):
    make_pattern("Shared oven")
    make_lighthouse("Wellstead", uses=("Shraed Ovens",))
    _, missing = shown(client, "/lighthouses/wellstead/").split("Not in the library")
    assert missing.index("Shraed Ovens") < missing.index("Perhaps:") < missing.index("Shared oven")
    assert "uses 1 pattern that is not in the library" in shown(client, "/lighthouses/")


def test_a_retired_pattern_is_named_and_not_linked(client: Client):
    make_lighthouse("Wellstead", uses=(make_pattern("Shared well", state=PublicationState.RETIRED),))
    html = shown(client, "/lighthouses/wellstead/")
    assert "Shared well" in html
    assert 'href="/patterns/shared-well/"' not in html


def test_others_that_use_the_same_are_named_with_what_they_share(client: Client):
    well, oven = make_pattern("Shared well"), make_pattern("Shared oven")
    make_lighthouse("Wellstead", uses=(well, oven))
    make_lighthouse("Fordham", uses=(oven, well), country="Norway")
    make_lighthouse("Retired", uses=(well,), state=PublicationState.RETIRED)
    make_lighthouse("Elsewhere", uses=("Shared well",))
    _, others = shown(client, "/lighthouses/wellstead/").split("Lighthouses that use the same")
    assert 'href="/lighthouses/fordham/"' in others
    assert "Shared oven, Shared well" in others
    assert "Retired" not in others
    assert "Elsewhere" not in others


def test_a_file_that_names_nothing_says_so(client: Client):
    make_lighthouse("Wellstead")
    assert "Its file names none." in shown(client, "/lighthouses/wellstead/")


def test_what_is_asked_names_the_lighthouse(client: Client):
    make_lighthouse("Wellstead")
    assert "What can others learn from Wellstead?" in shown(client, "/lighthouses/wellstead/")


def test_everything_a_file_wrote_is_escaped(client: Client):
    evil = '"><script>alert(1)</script>'
    make_lighthouse(evil, slug="evil", kind=evil[:60], country=evil, sector=evil, tagline=evil, uses=(evil,))
    make_lighthouse("Wellstead")
    for address in ("/lighthouses/", "/lighthouses/?sort=country", "/lighthouses/evil/"):
        assert "<script>alert" not in shown(client, address)


@pytest.mark.parametrize("rows", [1, 4])
def test_queries_do_not_grow_with_the_rows(client: Client, rows: int, django_assert_num_queries):
    uses = tuple(make_pattern(f"P{number}") for number in range(rows))
    make_lighthouse("Wellstead", uses=(*uses, *(f"Missing {number}" for number in range(rows))))
    client.get("/lighthouses/wellstead/")
    cache.clear()
    with django_assert_num_queries(7):
        client.get("/lighthouses/wellstead/")
    with django_assert_num_queries(2):
        client.get("/lighthouses/wellstead/")


def test_a_revision_marks_the_cited_line(client: Client):
    lighthouse = make_lighthouse("Wellstead", "## Story\n\nThe well is shared.\n")
    html = shown(client, f"{lighthouse.current.get_absolute_url()}?start=10&end=29#passage")
    assert 'id="passage"' in html


def test_retired_and_unknown_lighthouses_say_so(client: Client):
    make_lighthouse("Wellstead", state=PublicationState.RETIRED)
    assert client.get("/lighthouses/wellstead/").status_code == 410
    assert client.get("/lighthouses/nowhere/").status_code == 404
