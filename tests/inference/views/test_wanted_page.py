"""The page of wanted patterns: what is named and missing, with who names it."""

import pytest

from patterns.enums import PublicationState, RelationState
from patterns.models import Relation
from tests.factories.library import make_lighthouse, make_pattern, make_relation

pytestmark = pytest.mark.django_db


def wish(source, name: str, **fields) -> None:
    """A relation of `source` to something that is not there."""
    relation = make_relation(source, "requires", None, **fields)
    Relation.objects.filter(pk=relation.pk).update(target_ref=name)


def page(client, query: str = "") -> str:
    return client.get(f"/wanted/{query}").content.decode()


def test_a_missing_end_of_a_relation_is_wanted(client):
    wish(make_pattern("Shared well"), "water-law")
    html = page(client)
    assert "Water law" in html
    assert 'href="/patterns/shared-well/"' in html
    assert "?question=What%20does%20the%20library%20say%20about%20Water%20law%3F" in html


def test_what_a_lighthouse_uses_and_nobody_wrote_is_wanted(client):
    make_lighthouse("Vienna", uses=("Social Housing",))
    html = page(client)
    assert "Social Housing" in html
    assert 'href="/lighthouses/vienna/"' in html


def test_what_is_there_by_another_spelling_is_not_wanted(client):
    make_pattern("Water Law", domain="justice")
    well = make_pattern("Shared well")
    wish(well, "water_law")
    wish(well, "justice")
    assert "Nothing is missing" in page(client)


def test_rejected_and_retired_want_nothing(client):
    wish(make_pattern(), "water-law", state=RelationState.REJECTED)
    wish(make_pattern(state=PublicationState.RETIRED), "fire-law")
    assert "Nothing is missing" in page(client)


def test_hostile_names_stay_words(client):
    make_lighthouse("Vienna", uses=("Homes \"for' & all",))
    html = page(client)
    assert "Homes &quot;for&#x27; &amp; all" in html


@pytest.mark.parametrize("query", ["?page=0", "?page=2", "?page=-1", "?page=x", "?page=" + "9" * 40, "?page=%00"])
def test_a_page_past_the_end_shows_the_way_back(client, query):
    response = client.get(f"/wanted/{query}")
    assert response.status_code == 404
    assert "There is no such page of this list" in response.content.decode()


def test_a_long_list_turns_pages(client):
    well = make_pattern("Shared well")
    for number in range(45):
        wish(well, "law of " + chr(97 + number % 26) * (2 + number // 26))
    assert 'href="?page=2"' in page(client)
    assert 'href="?page=1"' in page(client, "?page=2")


@pytest.mark.parametrize("count", [1, 5])
def test_query_count_is_constant(client, django_assert_num_queries, count):
    for number in range(count):
        wish(make_pattern(), "law" * (number + 1))
    with django_assert_num_queries(6):
        page(client)
    with django_assert_num_queries(2):
        page(client)
