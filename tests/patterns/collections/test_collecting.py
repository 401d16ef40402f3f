"""Collections as a whole: limits, links that can be taken back, copies of one's own, deletion that can be undone."""

import threading

import pytest
from django.db import connection

from patterns.collections import arranging, collecting
from patterns.models import AuditEntry, Collection, CollectionShare
from tests.factories.collecting import make_collection, order
from tests.factories.library import make_user

pytestmark = pytest.mark.django_db


def test_a_person_has_so_many_and_deleted_ones_do_not_count(monkeypatch):
    monkeypatch.setattr(collecting, "MOST_COLLECTIONS", 2)
    owner = make_user()
    first = collecting.create(owner, title="One")
    collecting.create(owner, title="Two")
    with pytest.raises(collecting.TooMany):
        collecting.create(owner, title="Three")
    collecting.delete(first, actor=owner)
    collecting.create(owner, title="Three")
    with pytest.raises(collecting.TooMany):
        collecting.put_back(first, actor=owner)


@pytest.mark.django_db(transaction=True)
def test_two_windows_do_not_both_take_the_last_place(monkeypatch):
    monkeypatch.setattr(collecting, "MOST_COLLECTIONS", 1)
    owner, start, refused = make_user(), threading.Barrier(2), []

    def window():
        try:
            start.wait(10)
            collecting.create(owner, title="Mine")
        except collecting.TooMany as problem:
            refused.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=window) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), Collection.objects.count()) == (1, 1)


def test_sharing_twice_is_one_link_and_sharing_again_is_another():
    collection = make_collection()
    first = collecting.share(collection, actor=collection.owner)
    assert collecting.share(collection, actor=collection.owner) == first
    collecting.unshare(collection, actor=collection.owner)
    second = collecting.share(collection, actor=collection.owner)
    assert second.token != first.token
    assert CollectionShare.objects.get(pk=first.pk).ended_at is not None


def test_the_audit_log_knows_of_sharing_but_not_what_was_shared():
    collection = make_collection(title="Private matters")
    collecting.share(collection, actor=collection.owner)
    collecting.unshare(collection, actor=collection.owner)
    told = AuditEntry.objects.filter(target_type="collection").order_by("pk")
    assert [one.action for one in told] == ["shared collection", "stopped sharing collection"]
    assert not any("Private" in one.target_name for one in told)


def test_deleting_ends_the_link_for_good():
    collection = make_collection(None, "A")
    collecting.share(collection, actor=collection.owner)
    collecting.delete(collection, actor=collection.owner)
    with pytest.raises(collecting.Deleted):
        collecting.share(collection, actor=collection.owner)
    collecting.put_back(collection, actor=collection.owner)
    assert order(collection) == ["A"]
    assert not CollectionShare.objects.filter(ended_at=None).exists()


def test_a_copy_is_the_copiers_own_with_order_and_notes_and_without_what_was_taken_out():
    source, reader = make_collection(None, *"ABC", title="Good things"), make_user()
    first = source.items.select_related("collection").get(title="A")
    arranging.annotate(first, note="Read it", seen=collecting.fingerprint(""), actor=source.owner)
    arranging.move(first, where="bottom", actor=source.owner)
    arranging.remove(source.items.select_related("collection").get(title="B"), actor=source.owner)
    made, left_out = collecting.copy(collecting.share(source, actor=source.owner), to=reader)
    assert (made.owner, made.title, made.copied_from, left_out) == (reader, "Good things", source, 0)
    assert order(made) == ["C", "A"]
    assert made.items.get(title="A").note == "Read it"
    arranging.move(made.items.select_related("collection").get(title="A"), where="top", actor=reader)
    assert order(source) == ["C", "A"]


def test_a_copy_of_too_much_holds_what_fits_and_says_how_much_did_not(monkeypatch):
    source = make_collection(None, *"ABC")
    link = collecting.share(source, actor=source.owner)
    monkeypatch.setattr(collecting, "MOST_ITEMS", 2)
    made, left_out = collecting.copy(link, to=make_user())
    assert (order(made), left_out) == (["A", "B"], 1)


def test_a_title_changed_elsewhere_meanwhile_is_not_overwritten():
    collection = make_collection(title="Old")
    seen = collecting.fingerprint("Old", "")
    collecting.rename(collection, actor=collection.owner, title="New", description="", seen=seen)
    with pytest.raises(collecting.ChangedMeanwhile):
        collecting.rename(collection, actor=collection.owner, title="Newer", description="", seen=seen)
    assert Collection.objects.get().title == "New"


def test_strangers_change_nothing():
    collection, stranger = make_collection(), make_user()
    acts = (
        lambda: collecting.rename(collection, actor=stranger, title="x", description="", seen=""),
        lambda: collecting.delete(collection, actor=stranger),
        lambda: collecting.share(collection, actor=stranger),
        lambda: collecting.unshare(collection, actor=stranger),
    )
    for act in acts:
        with pytest.raises(collecting.NotYours):
            act()
