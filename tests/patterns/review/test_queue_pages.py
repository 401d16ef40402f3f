"""The page of the queue: every filter in words, every empty state, and what a person may do from it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bench.queue_filling import fill_queue
from patterns import review
from patterns.enums import Decision, RelationState
from patterns.models import ReviewItem
from patterns.review import Signs
from tests.factories.library import make_pattern, make_relation
from tests.factories.people import make_reviewer
from tests.patterns.review.test_queue import sent_edit

pytestmark = pytest.mark.django_db
QUEUE = "/review/"


@pytest.fixture
def grace():
    return make_reviewer("Grace")


@pytest.fixture
def page(client, grace):
    client.force_login(grace)
    return client


def html_of(page, query=""):
    return page.get(QUEUE + query).content.decode()


def thing(number=1, kind="odd", **fields):
    return review.open_item(kind, object_id=number, title=f"Thing {number}", **fields)


def test_a_line_says_why_it_stands_there_who_sent_it_and_how_long_it_takes(page):
    thing(author=make_reviewer("Ada"), signs=Signs(flags=2, minutes=4, domain="water"))
    ReviewItem.objects.update(waits_since=timezone.now() - timedelta(days=3))
    html = html_of(page)
    for said in ("High priority", "It has waited for 3 days.", "2 people flagged it.", "about 4 min", "water", "Ada"):
        assert said in html


def test_who_holds_what_is_seen_by_everybody(page):
    held = review.claim(thing(), reviewer=make_reviewer("Ada"))
    assert f"Ada holds it until {held.expires_at:%H:%M} UTC" in html_of(page)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Nothing waits"),
        ("?kind=edit&q=zzz", "Nothing fits all of this"),
        ("?state=mine", "You hold nothing"),
        ("?state=held", "Nobody else is reading anything"),
        ("?state=author", "Nothing waits for its author"),
        ("?state=decided", "Nothing was decided lately"),
    ],
)
def test_each_empty_list_says_what_it_means(page, query, said):
    assert said in html_of(page, query)


def test_an_empty_queue_points_at_relations_that_wait_elsewhere(page):
    make_relation(make_pattern("Well"), target=make_pattern("Spring"), state=RelationState.SUGGESTED)
    assert "Nothing else waits" in html_of(page)


def test_when_everything_is_held_the_page_says_when_the_first_is_free(page):
    held = review.claim(thing(), reviewer=make_reviewer("Ada"))
    html = html_of(page, "?state=free")
    assert "Everything is being read" in html
    assert f"{held.expires_at:%H:%M} UTC" in html


def test_when_only_ones_own_work_waits_the_page_says_so(page, grace):
    thing(author=grace)
    assert "Only your own work waits" in html_of(page, "?state=free")


def test_filters_that_are_on_are_chips_that_take_them_off(page):
    thing(kind="odd")
    html = html_of(page, "?kind=odd&age=7&author=new&quick=1&q=thing")
    for chip in ("more than 7 days", "by newcomers", "2 minutes or less", "“thing”"):
        assert f"<bdi>{chip}</bdi>" in html


def test_what_was_decided_lately_names_who_decided(page):
    item = sent_edit()
    review.decide(item, reviewer=make_reviewer("Ada"), decision=Decision.DECLINE, reason="No.", version=1)
    html = html_of(page, "?state=decided")
    assert "decline by <bdi>Ada</bdi>" in html
    assert 'name="item"' not in html


def test_an_open_item_keeps_the_list_it_was_opened_from(page):
    thing(1)
    edit, other = sent_edit(), sent_edit(title="Fence")
    address = f"/review/{edit.pk}/?kind=edit"
    html = page.get(address).content.decode()
    assert "Thing 1" not in html
    assert f"/review/{other.pk}/?kind=edit" in html
    values = {"decision": "decline", "reason": "No.", "version": 1}
    after = page.post(reverse("review_decide", args=[edit.pk]) + "?kind=edit", values)
    assert after.url == f"/review/{other.pk}/?kind=edit"


@pytest.mark.parametrize("query", ["", "?more=1", "?state=decided", "?kind=edit&q=water&more=1"])
def test_the_page_costs_the_same_however_full_the_queue_is(page, query, django_assert_num_queries):
    counts = []
    for size in (2, 40):
        fill_queue(size, seed=size, vacuum=False)
        page.get(QUEUE + query)
        with django_assert_num_queries(8, exact=False) as asked:
            page.get(QUEUE + query)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "query", ["?after=x", "?after=9999999999999999.1", "?before=-5.5", "?kind=%00&age=-1&state=no"]
)
def test_mangled_addresses_show_a_list(page, query):
    thing()
    assert page.get(QUEUE + query).status_code == 200
