"""The home page takes a question or a search, and tells only what the library holds."""

import pytest
from django.urls import reverse

from patterns.enums import PublicationState
from tests.factories.library import make_lighthouse, make_pattern, make_relation

pytestmark = pytest.mark.django_db


def text(client):
    return client.get(reverse("home")).content.decode()


def test_an_empty_library_has_a_page(client):
    assert "The library is empty" in text(client)


def test_examples_are_made_from_what_there_is(client):
    bay = make_pattern("Shared bay", stars=3)
    oven = make_pattern("Bread oven")
    make_relation(oven, "requires", bay)
    make_lighthouse("Buurtzorg", uses=(bay, oven))
    page = text(client)
    assert "What is Shared bay?" in page
    assert "What patterns does Buurtzorg use?" in page
    assert "What does Bread oven require?" in page


def test_counts_are_of_published_patterns(client):
    make_pattern(domain="ecology")
    make_pattern(domain="ecology", state=PublicationState.RETIRED)
    assert '<span class="quiet numbers">1<' in text(client)


def test_the_search_button_leads_to_the_search_page(client):
    response = client.post(reverse("home"), {"question": "who may fish & when"})
    assert response.status_code == 302
    assert response["Location"] == "/search/?q=who+may+fish+%26+when"


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_is_constant(client, django_assert_num_queries, count):
    for _ in range(count):
        make_lighthouse(uses=(make_pattern(domain="ecology"),))
    text(client)
    with django_assert_num_queries(3):  # the state of the library, what changed, lighthouses
        text(client)
