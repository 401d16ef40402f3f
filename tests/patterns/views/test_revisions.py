"""Histories and comparisons, of patterns and lighthouses alike."""

import re

import pytest
from django.test import Client

from patterns.enums import PublicationState
from patterns.models import Lighthouse, MovedSlug, Pattern
from tests.factories.library import add_revision, make_lighthouse, make_pattern

pytestmark = pytest.mark.django_db
BODY = "## Context\n\nPeople share a well.\n\n## Problem\n\nNobody decides.\n"


@pytest.fixture(params=["patterns", "lighthouses"])
def changed(request) -> tuple[str, Pattern | Lighthouse]:
    """The address of a thing with three revisions."""
    make = make_pattern if request.param == "patterns" else make_lighthouse
    thing = make("Wellstead", BODY)
    add_revision(thing, BODY.replace("Nobody", "Somebody"), message="Say who decides", author_name="Amina")
    add_revision(thing, BODY.replace("Nobody decides", "The assembly decides"), message="Name them")
    return f"/{request.param}/wellstead", thing


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def changed_words(html: str) -> list[tuple[str, str]]:
    """What a comparison marks, as eyes see it."""
    return re.findall(r"<(ins|del)><span[^>]*>[^<]*</span>([^<]*)<span", html)


def test_a_history_says_who_when_and_why_and_lets_one_choose_two(client: Client, changed):
    html = page(client, f"{changed[0]}/history/")
    assert "Say who decides" in html
    assert "Amina" in html
    assert '<input type="radio" name="from" value="2" checked>' in html
    assert '<input type="radio" name="to" value="3" checked>' in html
    assert f'action="{changed[0]}/compare/"' in html


def test_a_history_of_one_revision_offers_no_comparison(client: Client):
    make_pattern("Wellstead", BODY)
    html = page(client, "/patterns/wellstead/history/")
    assert "nobody has changed it" in html
    assert 'type="radio"' not in html


def test_a_long_history_is_read_in_parts(client: Client):
    pattern = make_pattern("Wellstead", BODY)
    for _ in range(102):
        add_revision(pattern, BODY)
    first = page(client, "/patterns/wellstead/history/")
    assert 'href="?before=4"' in first
    assert "Revision 3<" in page(client, "/patterns/wellstead/history/?before=4")
    assert "There is no older revision" in page(client, "/patterns/wellstead/history/?before=1")
    page(client, "/patterns/wellstead/history/?before=%00x")


def test_a_comparison_marks_the_words_that_changed(client: Client, changed):
    html = page(client, f"{changed[0]}/compare/?from=1&to=2")
    assert changed_words(html) == [("del", "Nobody"), ("ins", "Somebody")]
    assert "Say who decides" in html
    assert "1 section is as it was." in html


def test_without_numbers_the_last_change_is_shown(client: Client, changed):
    html = page(client, f"{changed[0]}/compare/")
    assert changed_words(html) == [("del", "Somebody"), ("ins", "The assembly")]
    assert "Name them" in html


def test_a_comparison_asked_backwards_is_shown_forwards_and_says_so(client: Client, changed):
    html = page(client, f"{changed[0]}/compare/?from=3&to=1")
    assert changed_words(html) == [("del", "Nobody"), ("ins", "The assembly")]
    assert "from the earlier to the later" in html


def test_a_revision_compared_with_itself_says_that_nothing_differs(client: Client, changed):
    assert "one and the same revision" in page(client, f"{changed[0]}/compare/?from=2&to=2")


@pytest.mark.parametrize("asked", ["9", "0", "-1", "x", "", "%00", "9" * 40, "1" * 100_0, "٣"])
def test_a_number_that_is_no_revision_is_answered_in_words(client: Client, changed, asked: str):
    html = page(client, f"{changed[0]}/compare/?from={asked}&to=3", 404)
    assert "numbered from 1 to 3" in html
    assert 'name="from"' in html


def test_one_revision_has_nothing_to_compare(client: Client):
    make_pattern("Wellstead", BODY)
    assert "nothing to compare yet" in page(client, "/patterns/wellstead/compare/")
    assert "nothing to compare yet" in page(client, "/patterns/wellstead/compare/?from=1&to=2", 404)


def test_revisions_with_the_same_words_say_so(client: Client):
    pattern = make_pattern("Wellstead", BODY)
    add_revision(pattern, BODY)
    assert "The two say the same, word for word." in page(client, "/patterns/wellstead/compare/")


def test_a_revision_leads_to_its_neighbours_and_to_what_changed(client: Client, changed):
    html = page(client, f"{changed[0]}/r/2/")
    for target in ("/r/1/", "/r/3/", "/compare/?from=1&amp;to=2", "/compare/?from=2&amp;to=3"):
        assert f'href="{changed[0]}{target}"' in html
    assert f'{changed[0]}/r/4/"' not in page(client, f"{changed[0]}/r/3/")


def test_hostile_revisions_are_text(client: Client):
    pattern = make_pattern("Wellstead", "## <b>A</b>\n\n<script>1</script>\n")
    add_revision(pattern, "## <b>A</b>\n\n<script>2</script>\n", message="<i>why</i>", author_name="<u>who</u>")
    html = page(client, "/patterns/wellstead/compare/") + page(client, "/patterns/wellstead/history/")
    assert not any(tag in html for tag in ("<b>", "<i>", "<u>", "<script>"))


@pytest.mark.parametrize("view", ["history", "compare"])
def test_moved_retired_and_unknown_things_are_answered(client: Client, view: str):
    pattern = make_pattern("New name")
    MovedSlug.objects.create(slug="old-name", pattern=pattern)
    moved = client.get(f"/patterns/old-name/{view}/?from=1&to=2")
    assert (moved.status_code, moved["Location"]) == (301, f"/patterns/new-name/{view}/?from=1&to=2")
    make_lighthouse("Gone", state=PublicationState.RETIRED)
    page(client, f"/lighthouses/gone/{view}/", 410)
    page(client, f"/lighthouses/nowhere/{view}/", 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_comparison_costs_two_queries(client: Client, rows: int, django_assert_num_queries):
    pattern = make_pattern("Wellstead", BODY)
    for number in range(rows):
        add_revision(pattern, BODY.replace("Nobody", f"Person {number}"))
    with django_assert_num_queries(2):
        client.get("/patterns/wellstead/compare/?from=1&to=2")
