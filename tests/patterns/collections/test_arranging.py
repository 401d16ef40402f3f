"""Order, notes and removals in a collection: dense positions whatever happens, and nothing lost."""

import random
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from patterns.collections import arranging, collecting
from patterns.models import CollectionItem
from tests.factories.collecting import make_collection, order
from tests.factories.library import make_pattern, make_user

pytestmark = pytest.mark.django_db


def item(collection, title):
    return collection.items.select_related("collection").get(title=title)


def move(collection, title, where):
    return arranging.move(item(collection, title), where=where, actor=collection.owner)


def test_what_is_added_stands_last_and_once():
    collection = make_collection(None, "A", "B")
    pattern = item(collection, "A").pattern
    again, new = arranging.add(collection, pattern=pattern, actor=collection.owner)
    assert not new
    assert (again.position, order(collection)) == (1, ["A", "B"])


@pytest.mark.parametrize(
    ("title", "where", "expected"),
    [
        ("C", "up", "ACBD"), ("B", "down", "ACBD"), ("D", "top", "DABC"), ("A", "bottom", "BCDA"),
        ("A", "up", "ABCD"), ("D", "down", "ABCD"), ("A", 3, "BCAD"), ("D", 2, "ADBC"),
        ("B", 0, "BACD"), ("B", -7, "BACD"), ("B", 10**30, "ACDB"),
    ],
)  # fmt: skip
def test_moving(title, where, expected):
    collection = make_collection(None, *"ABCD")
    place = move(collection, title, where)
    assert "".join(order(collection)) == expected
    assert place.position == expected.index(title) + 1
    assert place.moved == (expected != "ABCD")


@given(st.integers(1, 50), st.integers(1, 50), st.one_of(st.sampled_from(arranging.WAYS), st.integers()))
def test_a_target_is_always_a_place_there_is(position, of, where):
    assert 1 <= arranging.target(min(position, of), of=of, where=where) <= of


def test_taking_out_closes_the_gap_and_putting_back_opens_it_with_the_note():
    collection = make_collection(None, *"ABC")
    taken = item(collection, "B")
    arranging.annotate(taken, note="Why", seen=collecting.fingerprint(""), actor=collection.owner)
    arranging.remove(taken, actor=collection.owner)
    arranging.remove(taken, actor=collection.owner)
    assert order(collection) == ["A", "C"]
    assert arranging.put_back(taken, actor=collection.owner).position == 2
    assert order(collection) == ["A", "B", "C"]
    assert item(collection, "B").note == "Why"


def test_what_stood_further_back_than_there_is_now_comes_back_last():
    collection = make_collection(None, *"ABC")
    taken = [item(collection, title) for title in "CBA"]
    for one in taken:
        arranging.remove(one, actor=collection.owner)
    arranging.put_back(taken[0], actor=collection.owner)
    assert order(collection) == ["C"]


def test_adding_again_brings_back_the_note():
    collection = make_collection(None, "A", "B")
    taken = item(collection, "A")
    arranging.annotate(taken, note="Why", seen=collecting.fingerprint(""), actor=collection.owner)
    arranging.remove(taken, actor=collection.owner)
    again, new = arranging.add(collection, pattern=taken.pattern, actor=collection.owner)
    assert new
    assert (again.pk, again.note, order(collection)) == (taken.pk, "Why", ["B", "A"])


def test_what_was_taken_out_elsewhere_is_not_moved_nor_annotated():
    collection = make_collection(None, *"AB")
    stale = item(collection, "A")
    arranging.remove(stale, actor=collection.owner)
    with pytest.raises(arranging.NotInIt):
        arranging.move(stale, where="down", actor=collection.owner)
    with pytest.raises(arranging.NotInIt):
        arranging.annotate(stale, note="x", seen=collecting.fingerprint(""), actor=collection.owner)


def test_a_note_written_elsewhere_meanwhile_is_not_overwritten():
    collection = make_collection(None, "A")
    seen = collecting.fingerprint("")
    arranging.annotate(item(collection, "A"), note="First", seen=seen, actor=collection.owner)
    with pytest.raises(collecting.ChangedMeanwhile):
        arranging.annotate(item(collection, "A"), note="Second", seen=seen, actor=collection.owner)
    assert item(collection, "A").note == "First"


def test_a_full_collection_takes_no_more_and_says_so(monkeypatch):
    monkeypatch.setattr(arranging, "MOST_ITEMS", 2)
    collection = make_collection(None, *"AB")
    with pytest.raises(arranging.Full, match="full"):
        arranging.add(collection, pattern=make_pattern("C"), actor=collection.owner)
    taken = item(collection, "A")
    arranging.remove(taken, actor=collection.owner)
    arranging.add(collection, pattern=make_pattern("D"), actor=collection.owner)
    with pytest.raises(arranging.Full):
        arranging.put_back(taken, actor=collection.owner)


def test_strangers_change_nothing():
    collection, stranger = make_collection(None, *"AB"), make_user()
    one = item(collection, "A")
    acts = (
        lambda: arranging.add(collection, pattern=make_pattern("C"), actor=stranger),
        lambda: arranging.remove(one, actor=stranger),
        lambda: arranging.put_back(one, actor=stranger),
        lambda: arranging.move(one, where="down", actor=stranger),
        lambda: arranging.annotate(one, note="x", seen=collecting.fingerprint(""), actor=stranger),
    )
    for act in acts:
        with pytest.raises(collecting.NotYours):
            act()
    assert order(collection) == ["A", "B"]


def test_the_database_refuses_two_at_one_place_and_a_removed_one_with_a_place():
    collection = make_collection(None, *"AB")
    for wrong in ({"position": 1}, {"position": None}, {"position": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CollectionItem.objects.filter(pk=item(collection, "B").pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_many_windows_at_once_lose_nothing_and_keep_the_order_dense():
    titles = [f"P{n}" for n in range(8)]
    collection = make_collection(make_user(), *titles)
    owner, extra = collection.owner, [make_pattern(f"New {n}") for n in range(4)]
    items = list(collection.items.select_related("collection").order_by("position"))
    start, problems = threading.Barrier(4), []

    def window(number):
        dice = random.Random(number)
        try:
            start.wait(10)
            arranging.add(collection, pattern=extra[number], actor=owner)
            for _ in range(12):
                arranging.move(dice.choice(items[4:]), where=dice.choice([*arranging.WAYS, 3, 7]), actor=owner)
            arranging.remove(items[number], actor=owner)
            arranging.put_back(items[number], actor=owner)
        except collecting.CollectionError as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=window, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert sorted(order(collection)) == sorted([*titles, *(one.title for one in extra)])
