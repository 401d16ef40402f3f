"""The queue for programs: the same list, counts, pages and reasons as on the page, for the same people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bench.queue_filling import fill_queue
from patterns import review
from patterns.enums import Decision
from patterns.models import ReviewItem
from patterns.review import Signs
from tests.factories.library import make_user
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


def said(page, query=""):
    response = page.get(QUEUE + query, HTTP_ACCEPT="application/json")
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


def thing(number=1, kind="odd", **fields):
    return review.open_item(kind, object_id=number, title=f"Thing {number}", **fields)


def test_an_item_with_its_priority_and_the_reasons_in_words(page):
    item = thing(author=make_reviewer("Ada"), signs=Signs(flags=2, minutes=4, domain="water"))
    ReviewItem.objects.update(waits_since=timezone.now() - timedelta(days=3))
    (one,) = said(page)["items"]
    assert one["why"] == ["It has waited for 3 days.", "2 people flagged it."]
    assert {name: one[name] for name in ("id", "version", "title", "author", "own", "level", "minutes", "domain")} == {
        "id": item.pk, "version": item.version, "title": "Thing 1", "author": "Ada", "own": False, "level": "high",
        "minutes": 4, "domain": "water",
    }  # fmt: skip
    assert one["address"] == item.get_absolute_url()
    assert one["priority"] == item.priority > 0


def test_who_holds_it_and_until_when(page, grace):
    held, mine = thing(1), thing(2)
    claim = review.claim(held, reviewer=make_reviewer("Ada"))
    review.claim(mine, reviewer=grace)
    thing(3)
    by_id = {one["id"]: one["claim"] for one in said(page)["items"]}
    assert (by_id[held.pk]["by"], by_id[held.pk]["mine"]) == ("Ada", False)
    assert by_id[held.pk]["until"][:19] == claim.expires_at.isoformat()[:19]
    assert by_id[mine.pk]["mine"] is True
    assert sorted(str(one) for one in by_id.values()).count("None") == 1


def test_what_was_decided_says_how_and_by_whom(page, grace):
    item = sent_edit()
    review.decide(item, reviewer=grace, decision=Decision.DECLINE, reason="No.", version=item.version)
    (one,) = said(page, "?state=decided")["items"]
    assert (one["open"], one["decided"]["decision"], one["decided"]["by"]) == (False, "decline", "Grace")


@pytest.mark.parametrize(
    "query",
    ["", "?state=free", "?state=held", "?kind=edit&kind=odd", "?level=high&more=1", "?age=3", "?author=new&more=1",
     "?tier=gold", "?quick=1", "?others=1&sort=oldest", "?q=pattern", "?state=decided", "?domain=water&sort=newest"],
)  # fmt: skip
def test_filters_and_counts_are_those_of_the_page(page, query):
    fill_queue(60, seed=3, vacuum=False)
    shown, answer = page.get(QUEUE + query).context, said(page, query)
    assert [one["id"] for one in answer["items"]] == [row.item.pk for row in shown["rows"]]
    assert [one["why"] for one in answer["items"]] == [list(row.why) for row in shown["rows"]]
    assert answer["total"]["count"] == shown["total"].count
    states, kinds = answer["counts"]["states"], answer["counts"]["kinds"]
    assert [count["count"] for count in states.values()] == [one.count.count for one in shown["states"]]
    assert {str(one.label): one.count.count for one in shown["kinds"] if one.count.count} == {
        one["label"]: one["count"] for one in kinds.values()
    }
    assert ("level" in answer["counts"]) == ("more=1" in query)


def test_pages_are_turned_by_the_addresses_it_gives_and_show_everything_once(page):
    fill_queue(70, seed=5, vacuum=False)
    seen, address, turned = [], f"{QUEUE}?format=json&others=1", 0
    while address:
        answer = page.get(address).json()
        seen += [one["id"] for one in answer["items"]]
        address, turned = answer["after"], turned + 1
    assert turned > 2
    assert len(seen) == len(set(seen)) == answer["total"]["count"]
    last, back = len(answer["items"]), [one["id"] for one in page.get(answer["before"]).json()["items"]]
    assert back == seen[-last - len(back) : -last]


def test_the_address_says_what_is_wanted_or_the_header_does(page):
    thing()
    html, json = "text/html; charset=utf-8", "application/json"
    for query, accept, wanted in (
        ("", "text/html,application/xhtml+xml,*/*;q=0.8", html), ("", "*/*", html), ("", json, json),
        ("?format=json", "text/html", json), ("?format=html", json, html),
    ):  # fmt: skip
        response = page.get(QUEUE + query, HTTP_ACCEPT=accept)
        assert response.headers["Content-Type"] == wanted
        assert "Accept" in response.headers["Vary"]
    assert page.get(QUEUE, HTTP_ACCEPT=json).headers["Cache-Control"] == "private, no-store"


def test_it_is_for_reviewers_with_their_second_step_alone(client, settings):
    thing()
    ask = {"HTTP_ACCEPT": "application/json"}
    assert client.get(QUEUE, **ask).status_code == 302
    client.force_login(make_user())
    answer = client.get(QUEUE, **ask)
    assert (answer.status_code, b"Thing 1" in answer.content) == (403, False)
    client.force_login(make_reviewer())
    assert client.get(QUEUE, **ask).status_code == 200
    settings.MFA_REQUIRED = True
    answer = client.get(QUEUE, **ask)
    assert (answer.status_code, b"Thing 1" in answer.content) == (302, False)


@pytest.mark.parametrize(
    ("query", "queries"), [("", 4), ("?more=1", 6), ("?state=decided", 5)]
)  # the account, kinds, states, the list
def test_it_costs_the_same_however_full_the_queue_is(page, query, queries, django_assert_num_queries):
    for size in (2, 40):
        fill_queue(size, seed=size, vacuum=False)
        said(page, query)
        with django_assert_num_queries(queries):
            said(page, query)


@pytest.mark.parametrize("query", ["?after=x", "?after=9999999999999999.1", "?kind=%00&age=-1&state=no&format=json"])
def test_mangled_addresses_are_answered(page, query):
    thing()
    assert set(said(page, query)) == {"filters", "total", "counts", "items", "before", "after"}
