"""Lists of the queue: every filter against plain Python, pages that miss nothing, and counts that are true."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from bench.queue_filling import fill_queue
from patterns.enums import Decision
from patterns.models import Claim, ReviewItem
from patterns.queries import queue, queue_counts
from patterns.review import Signs, decide, level, open_item
from patterns.review.filters import AGES, LEVELS, STATES, Filters
from tests.factories.library import make_user
from tests.factories.people import make_reviewer
from tests.patterns.review.test_queue import sent_edit

pytestmark = pytest.mark.django_db
SIZE = 60


@pytest.fixture
def filled():
    """A queue of mixed items, three of them by the reader, some held by the reader, some by others."""
    fill_queue(SIZE, vacuum=False)
    reader = make_reviewer("Grace")
    for number in range(3):
        open_item(
            "edit", object_id=10**9 + number, title=f"River meadow {number}", author=reader, signs=Signs(minutes=1)
        )
    free = ReviewItem.objects.filter(open=True, claim=None).exclude(author=reader)[:4]
    Claim.objects.bulk_create(
        [Claim(item=item, reviewer=reader, expires_at=timezone.now() + timedelta(minutes=9)) for item in free]
    )
    return reader


def listed(filters, reader):
    return set(queue.matching(filters, reader=reader).values_list("pk", flat=True))


def lists():
    """Lists of every single filter, and of chance mixtures."""
    yield from (Filters(state=state) for state in STATES)
    yield from (Filters(level=one) for one in LEVELS)
    yield from (Filters(age=age) for age in AGES)
    yield from (Filters(kinds=kinds) for kinds in (("edit",), ("edit", "flag"), ("nothing",)))
    yield from (Filters(tier="gold"), Filters(domain="domain-0"), Filters(author="new"), Filters(author="known"))
    yield from (Filters(others=True), Filters(quick=True), Filters(words="river mea"), Filters(words="zzz"))
    chance = random.Random(5)
    for _ in range(10):
        yield Filters(
            kinds=chance.choice([(), ("edit", "relation", "flag")]), state=chance.choice(STATES),
            author=chance.choice(["", "new", "known"]), others=chance.random() < 0.3, age=chance.choice([0, 7]),
            level=chance.choice(["", *LEVELS]), tier=chance.choice(["", "", "silver"]), quick=chance.random() < 0.2,
        )  # fmt: skip


def wanted(item, held, filters, reader, now):
    """The filters in plain Python; `held` is the claim on the item that holds, if any."""
    mine = held is not None and held.reviewer == reader
    waiting = item.open and not item.with_author
    state = {
        "waiting": waiting,
        "free": waiting and held is None and item.author != reader,
        "mine": waiting and mine,
        "held": waiting and held is not None and not mine,
        "author": item.open and item.with_author,
        "decided": not item.open,
    }[filters.state]
    words = item.title.lower().split()
    return all(
        [
            state,
            not filters.kinds or item.kind in filters.kinds,
            not filters.author or item.newcomer == (filters.author == "new"),
            not filters.others or item.author != reader,
            item.waits_since <= now - timedelta(days=filters.age),
            not filters.level or level(item, now=now) == filters.level,
            filters.tier in {"", item.tier},
            filters.domain in {"", item.domain},
            not filters.quick or (item.minutes is not None and item.minutes <= 2),
            all(any(word.startswith(part) for word in words) for part in filters.words.split()),
        ]
    )


def test_every_filter_lets_through_what_it_says_and_the_counts_are_true(filled):
    now, items = timezone.now(), list(ReviewItem.objects.select_related("author"))
    claims = {claim.item_id: claim for claim in Claim.objects.select_related("reviewer")}
    for filters in lists():
        expected = {item.pk for item in items if wanted(item, claims.get(item.pk), filters, filled, now)}
        assert listed(filters, filled) == expected, filters
        states = queue_counts.states_in(filters, reader=filled)
        assert states[filters.state].count == len(expected), filters
        kinds = queue_counts.kinds_in(filters, reader=filled)
        assert sum(n for kind, n in kinds.items() if kind in filters.kinds or not filters.kinds) == len(expected)
        for name, counts in queue_counts.everything_in(filters, reader=filled).items():
            for value, count in list(counts.items())[:2]:
                narrower = replace(filters, **{name: value})
                assert count == len(listed(narrower, filled)), (filters, name, value)


@pytest.mark.parametrize("sort", ["pressing", "oldest", "newest"])
def test_the_pages_hold_everything_once_in_order_forwards_and_backwards(filled, sort, monkeypatch):
    monkeypatch.setattr(queue, "A_PAGE", 7)
    filters, place, pages = Filters(sort=sort), None, []
    while True:
        page = queue.page_of(filters, reader=filled, place=place)
        pages.append([row.item.pk for row in page.rows])
        if page.after is None:
            break
        place = page.after
    ordered = list(
        queue.matching(filters, reader=filled).order_by(*queue.order_of(filters)).values_list("pk", flat=True)
    )
    assert [pk for page in pages for pk in page] == ordered
    assert len(pages) == -(-len(ordered) // 7)
    backwards = [pages[-1]]
    place = page.before
    while place is not None:
        page = queue.page_of(filters, reader=filled, place=place)
        backwards.insert(0, [row.item.pk for row in page.rows])
        place = page.before
    assert [pk for page in backwards for pk in page] == ordered


def test_what_waits_for_its_author_comes_back_without_the_time_it_was_away():
    item, reviewer = sent_edit(), make_reviewer()
    ReviewItem.objects.filter(pk=item.pk).update(waits_since=timezone.now() - timedelta(days=20))
    decide(item, reviewer=reviewer, decision=Decision.REQUEST_CHANGES, reason="Where?", version=1)
    assert listed(Filters(state="author"), reviewer) == {item.pk}
    assert listed(Filters(), reviewer) == set()
    again = open_item("edit", object_id=item.object_id, title="Well", signs=Signs(resubmitted=True))
    assert (again.version, again.with_author) == (2, False)
    assert timezone.now() - again.waits_since < timedelta(minutes=1)
    assert listed(Filters(), reviewer) == {item.pk}


def test_a_change_while_it_waits_keeps_its_place_in_the_line():
    item = open_item("odd", object_id=1, title="One")
    ReviewItem.objects.update(waits_since=timezone.now() - timedelta(days=3))
    assert open_item("odd", object_id=1, title="One more").waits_since < timezone.now() - timedelta(days=2)
    assert ReviewItem.objects.get().pk == item.pk


def test_what_comes_next_is_free_and_fits_the_list():
    reader, item = make_reviewer(), sent_edit()
    own = sent_edit(reader, title="Fence")
    held = sent_edit(title="Gate")
    Claim.objects.create(item=held, reviewer=make_reviewer(), expires_at=timezone.now() + timedelta(minutes=5))
    other = open_item("odd", object_id=1, title="Odd")
    assert queue.next_for(reader, filters=Filters(), besides=item) == other
    assert queue.next_for(reader, filters=Filters(kinds=("edit",)), besides=item) is None
    assert {own.pk, held.pk, item.pk, other.pk} == listed(Filters(), reader)


def test_an_edit_brings_what_it_touches_and_how_long_it_takes():
    item = sent_edit()
    item.refresh_from_db()
    assert (item.tier, item.newcomer, item.minutes) == ("bronze", True, 1)
    assert listed(Filters.read(QueryDict("tier=bronze&quick=1&author=new")), make_user()) == {item.pk}
