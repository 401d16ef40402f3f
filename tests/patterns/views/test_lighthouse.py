"""Lighthouses and what they say they use."""

import pytest
from django.test import Client

from patterns.enums import PublicationState
from tests.factories.library import make_lighthouse, make_pattern

pytestmark = pytest.mark.django_db


def test_the_list_says_how_much_each_uses(client: Client):
    make_lighthouse("Wellstead", uses=(make_pattern("Shared well"), "Something else"))
    assert "uses 2 patterns" in client.get("/lighthouses/").content.decode()


def test_what_names_no_pattern_stays_plain_text(client: Client):
    make_lighthouse("Wellstead", uses=(make_pattern("Shared well"), "Something <else>"))
    html = client.get("/lighthouses/wellstead/").content.decode()
    assert 'href="/patterns/shared-well/"' in html
    assert "Something &lt;else&gt;" in html


def test_a_retired_pattern_is_named_and_not_linked(client: Client):
    make_lighthouse("Wellstead", uses=(make_pattern("Shared well", state=PublicationState.RETIRED),))
    html = client.get("/lighthouses/wellstead/").content.decode()
    assert "Shared well" in html
    assert 'href="/patterns/shared-well/"' not in html


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(client: Client, rows: int, django_assert_num_queries):
    make_lighthouse("Wellstead", uses=tuple(make_pattern(f"P{number}") for number in range(rows)))
    client.get("/lighthouses/wellstead/")
    with django_assert_num_queries(3):
        client.get("/lighthouses/wellstead/")


def test_a_revision_marks_the_cited_line(client: Client):
    lighthouse = make_lighthouse("Wellstead", "## Story\n\nThe well is shared.\n")
    html = client.get(f"{lighthouse.current.get_absolute_url()}?start=10&end=29#passage").content.decode()
    assert 'id="passage"' in html


def test_retired_and_unknown_lighthouses_say_so(client: Client):
    make_lighthouse("Wellstead", state=PublicationState.RETIRED)
    assert client.get("/lighthouses/wellstead/").status_code == 410
    assert client.get("/lighthouses/nowhere/").status_code == 404
