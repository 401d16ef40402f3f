"""The home page takes a question or a search, and tells only what the library holds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inference.views.home import this_week
from patterns.enums import ChangeKind, LibraryOrigin, PublicationState, RelationState
from patterns.models import LibraryChange
from patterns.queries.changes import Change
from tests.factories.library import (
    add_revision,
    make_library,
    make_lighthouse,
    make_pattern,
    make_relation,
    make_user,
)

pytestmark = pytest.mark.django_db


def text(client):
    return client.get(reverse("home")).content.decode()


def test_an_empty_library_has_a_page(client):
    assert "The library is empty" in text(client)


def test_examples_are_made_from_what_there_is(client):
    bay = make_pattern("Shared Bays", stars=3)
    oven = make_pattern("Bread Oven")
    make_relation(oven, "tensions_with", bay)
    make_lighthouse("Buurtzorg", uses=(bay, oven))
    page = text(client)
    assert "How can we start with Shared Bays?" in page
    assert "Which patterns does Buurtzorg use?" in page
    assert "What is the difference between Bread Oven and Shared Bays?" in page


def test_a_relation_nobody_reviewed_makes_no_example(client):
    make_relation(make_pattern("Bread oven"), "tensions_with", make_pattern("Bay"), state=RelationState.SUGGESTED)
    assert "difference" not in text(client)


def test_two_trusted_patterns_of_one_domain_are_compared_where_no_relation_is_approved(client):
    make_pattern("Bread oven", domain="villages")
    make_pattern("Bay", domain="villages", stars=3)
    assert "What is the difference between Bay and Bread oven?" in text(client)


def test_an_example_leaves_out_what_stands_in_brackets(client):
    make_pattern("Delegable Voting (Liquid Democracy)")
    assert "How can we start with Delegable Voting?" in text(client)


def test_an_example_is_whole_in_its_address_whatever_the_title_holds(client):
    make_pattern("Risk & reward? #1/2", stars=3)
    assert "?question=How%20can%20we%20start%20with%20Risk%20%26%20reward%3F%20%231%2F2%3F" in text(client)


def test_counts_are_of_published_patterns(client):
    make_pattern(domain="ecology")
    make_pattern(domain="ecology", state=PublicationState.RETIRED)
    assert '<span class="numbers">1<' in text(client)


def test_small_domains_stand_behind_a_fold(client):
    for number in range(26):
        make_pattern(domain=f"domain-{number:02}")
    assert "2 smaller domains" in text(client)


def test_an_edit_is_told_with_its_author_and_reason(client):
    well = make_pattern("Shared well")
    add_revision(well, "## Context\n\nNew.\n", author=make_user("Ada"), origin=LibraryOrigin.SITE, message="Adds <b>")
    page = text(client)
    assert "revision 2, by Ada" in page
    assert "Adds &lt;b&gt;" in page


def test_an_import_is_one_line(client):
    library = make_library("big", title="Big library")
    for _ in range(7):
        make_pattern(library=library)
    page = text(client)
    assert "7 patterns</a>" in page
    assert "new, from Big library" in page


def test_what_changed_long_ago_is_no_news():
    now = timezone.now()
    changes = [
        Change("new", "pattern", name, f"/{name}/", now - timedelta(days=days), name)
        for name, days in (("oak", 8), ("elm", 6))
    ]
    assert [one.title for one in this_week(tuple(changes))] == ["elm"]


def test_what_was_taken_out_is_said_and_not_linked(client):
    well = make_pattern("Shared well", state=PublicationState.RETIRED)
    LibraryChange.objects.create(kind=ChangeKind.PATTERN_RETIRED, pattern=well)
    page = text(client)
    assert "taken out of the library" in page
    assert "/patterns/shared-well/" not in page


def test_what_is_named_and_missing_is_wanted(client):
    make_lighthouse("Vienna", uses=("Social Housing",))
    page = text(client)
    assert "Social Housing" in page
    assert "used by Vienna" in page


def test_the_search_button_leads_to_the_search_page(client):
    response = client.post(reverse("home"), {"question": "who may fish & when"})
    assert response.status_code == 302
    assert response["Location"] == "/search/?q=who+may+fish+%26+when"


@pytest.mark.parametrize(("count", "queries"), [(1, 20), (9, 19)])  # of many that are told as one no act is looked for
def test_query_count_is_constant(client, django_assert_num_queries, count, queries):
    for number in range(count):
        make_lighthouse(uses=(make_pattern(domain="ecology"), "Wanted " + "thing " * (number + 1)))
    with django_assert_num_queries(queries):
        text(client)
    with django_assert_num_queries(1):  # the state of the library; the rest is remembered
        text(client)
