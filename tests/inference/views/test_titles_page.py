"""The list of titles for what is typed: escaped, bounded, the same for people and programs, and one query."""

import pytest
from django.db import connection
from django.urls import reverse

from inference.titles import suggesting
from patterns.enums import ChangeKind, PublicationState
from patterns.models import LibraryChange, Pattern
from patterns.naming.nearest import Near, nearest, nearest_each
from tests.factories.library import make_lighthouse, make_pattern

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    suggesting.forget()
    yield
    suggesting.forget()


def listed(client, **query):
    return client.get(reverse("titles"), query)


def found(client, query, **more):
    return [one["title"] for one in listed(client, q=query, format="json", **more).json()["results"]]


def test_patterns_and_lighthouses_are_offered_with_what_was_typed_marked(client):
    make_pattern("Shared well", domain="water-ways")
    make_lighthouse("Wellstead", country="Nowhere")
    text = listed(client, q="well").content.decode()
    assert 'href="/patterns/shared-well/"' in text
    assert "Shared <mark>well</mark>" in text
    assert "Water ways" in text
    assert "Lighthouse, Nowhere" in text
    assert "2 titles fit" in text


def test_an_alias_says_what_it_is_an_alias_of(client):
    make_pattern("Objectives and Key Results", aliases=["OKRs"])
    text = listed(client, q="okr").content.decode()
    assert "Objectives and Key Results" in text
    assert "also known as" in text
    assert "<mark>OKR</mark>s" in text


def test_a_wording_is_found(client):
    front = {"title": "Shared well", "context_labels": {"corporate": "Joint Water Asset"}}
    make_pattern("Shared well", revision={"front": front})
    text = listed(client, q="joint wat").content.decode()
    assert "Shared well" in text
    assert "others call it" in text


@pytest.mark.parametrize("labels", [None, [], "x", {"tech": None}, {"tech": ["a"]}, {"": {"a": 1}}, 5])
def test_odd_wordings_in_a_file_harm_nothing(client, labels):
    make_pattern("Shared well", revision={"front": {"title": "Shared well", "context_labels": labels}})
    assert found(client, "shared well") == ["Shared well"]


def test_titles_are_escaped(client):
    make_pattern('<img src=x onerror="alert(1)"> well', slug="img")
    text = listed(client, q="img well").content.decode()
    assert "<img" not in text
    assert 'onerror="' not in text


@pytest.mark.parametrize("query", ["", "   ", "\0", "\0\0 \t"])
def test_nothing_typed_is_an_empty_list(client, query):
    make_pattern("Shared well")
    response = listed(client, q=query)
    assert response.status_code == 200
    assert response.content.strip() == b""


@pytest.mark.parametrize("query", ["x" * 7000, "well " * 1500, "%", "' OR 1=1", "\u202e", "\ud7ff", "9" * 400])
def test_odd_words_are_answered(client, query):
    make_pattern("Shared well")
    assert listed(client, q=query).status_code == 200


def test_what_is_too_long_for_an_address_is_refused_in_words(client):
    assert listed(client, q="x" * 100_000).status_code == 414


def test_programs_get_json(client):
    make_pattern("Shared well", aliases=["Village pump"])
    response = client.get(reverse("titles"), {"q": "village"}, headers={"accept": "application/json"})
    assert response.json() == {
        "query": "village",
        "results": [
            {
                "kind": "pattern",
                "slug": "shared-well",
                "title": "Shared well",
                "address": "/patterns/shared-well/",
                "note": "",
                "matched": "alias",
                "known_as": "Village pump",
            }
        ],
    }


def test_a_browser_gets_the_list(client):
    make_pattern("Shared well")
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert "text/html" in client.get(reverse("titles"), {"q": "well"}, headers={"accept": accept})["content-type"]


def test_a_kind_is_kept_to(client):
    make_pattern("Shared well")
    make_lighthouse("Wellstead")
    assert found(client, "well", kind="lighthouse") == ["Wellstead"]
    assert len(found(client, "well", kind="nonsense")) == 2


def test_a_field_that_chooses_is_promised_no_search(client):
    make_pattern("Shared well")
    assert "Enter searches" in listed(client, q="well").content.decode()
    assert "Enter searches" not in listed(client, q="well", choosing="yes").content.decode()


def test_a_new_title_is_offered_at_once_and_a_retired_one_no_more(client):
    well = make_pattern("Shared well")
    assert found(client, "bread oven") == []
    make_pattern("Bread oven")
    assert found(client, "bread oven") == ["Bread oven"]
    well.state = PublicationState.RETIRED
    well.save()
    LibraryChange.objects.create(kind=ChangeKind.PATTERN_RETIRED, pattern=well)
    assert found(client, "shared well") == []


def test_a_change_of_an_older_number_is_noticed_in_time(client, monkeypatch):
    with connection.cursor() as cursor:  # the number a slow transaction took
        cursor.execute("SELECT nextval(pg_get_serial_sequence('patterns_librarychange', 'id'))")
        (taken,) = cursor.fetchone()
    make_pattern("Shared well")
    oven = make_pattern("Oven", state=PublicationState.RETIRED)
    assert found(client, "oven") == []
    Pattern.objects.filter(pk=oven.pk).update(state=PublicationState.PUBLISHED)
    LibraryChange.objects.create(id=taken, kind=ChangeKind.PATTERN_PUBLISHED, pattern=oven)
    assert found(client, "oven") == []
    monkeypatch.setattr("patterns.following.kept.AGE", 0)
    assert found(client, "oven") == ["Oven"]


@pytest.mark.parametrize("rows", [2, 12])
def test_a_known_library_costs_one_query(client, rows, django_assert_num_queries):
    for number in range(rows):
        make_pattern(f"Shared well {number}")
    listed(client, q="well")
    with django_assert_num_queries(1):
        listed(client, q="shared w")


def test_only_reading_is_allowed(client):
    assert client.post(reverse("titles"), {"q": "well"}).status_code == 405


def test_the_room_below_is_told_what_may_be_meant(django_assert_num_queries):
    make_pattern("Shared well")
    make_lighthouse("Wellstead")
    well = Near("pattern", "shared-well", "Shared well")
    assert nearest("shraed-well") == (well,)
    assert nearest("wellsted", kind="pattern") == ()
    assert nearest("") == ()
    with django_assert_num_queries(1):
        assert nearest_each(["shraed well", "\0", "wells shared"]) == [(well,), (), (well,)]
