"""The library's log: every follower reads every change once, whatever order transactions commit in."""

import threading

import pytest
from django.db import connection, transaction

from patterns import publishing
from patterns.enums import ChangeKind
from patterns.following import changes
from patterns.models import LibraryChange, Pattern
from tests.factories.library import make_pattern, make_relation
from tests.patterns.publishing.test_publishing import text

pytestmark = pytest.mark.django_db(transaction=True)


def change(pattern):
    return changes.record(ChangeKind.PATTERN_PUBLISHED, pattern=pattern)


def read(name="index"):
    found = changes.since(name, limit=100)
    if found:
        changes.advance(name, to=found[-1])
    return [one.pk for one in found]


def test_a_follower_reads_each_change_once_and_in_order():
    pattern = make_pattern()
    read()
    first, second = change(pattern), change(pattern)
    assert read() == [first.pk, second.pk]
    assert read() == []


def test_each_follower_has_its_own_place():
    make_pattern()
    assert read("index") == read("graph") != []


def test_without_advancing_the_same_changes_come_again():
    make_pattern()
    assert changes.since("index", limit=1) == changes.since("index", limit=1) != []


def test_a_cursor_never_moves_back():
    pattern = make_pattern()
    early = LibraryChange.objects.get()
    late = change(pattern)
    changes.advance("index", to=late)
    changes.advance("index", to=early)
    assert read() == []


def test_a_slow_writer_is_not_overtaken():
    """The slow transaction takes the lower row id and commits last: its row must still be read."""
    pattern = make_pattern()
    read()
    written, go_on = threading.Event(), threading.Event()
    slow = []

    def write_slowly():
        with transaction.atomic():
            slow.append(change(pattern).pk)
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=write_slowly)
    thread.start()
    assert written.wait(10)
    fast = change(pattern).pk
    assert read() == []
    assert changes.behind("index") == 1
    go_on.set()
    thread.join()
    assert read() == [slow[0], fast]
    assert read() == []


def test_a_late_transaction_with_an_early_row_id_is_read_too():
    """The other way about: the row id is taken early, the transaction id late."""
    pattern = make_pattern()
    read()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('patterns_librarychange', 'id'))")
        early = cursor.fetchone()[0]
    late = change(pattern).pk
    assert read() == [late]
    LibraryChange.objects.create(pk=early, kind=ChangeKind.PATTERN_PUBLISHED, pattern=pattern)
    assert read() == [early]


def test_a_rolled_back_change_is_never_read():
    pattern = make_pattern()
    read()
    with transaction.atomic():
        change(pattern)
        transaction.set_rollback(True)
    assert read() == []


def test_a_relation_stands_for_the_pattern_at_its_source():
    relation = make_relation(make_pattern("Well"), target=make_pattern("Fence"))
    assert changes.record(ChangeKind.RELATIONS_CHANGED, relation=relation).pattern == relation.source


def test_two_publications_at_once_number_their_revisions_in_turn():
    pattern = make_pattern("Well", slug="well")
    start = threading.Barrier(2)

    def publish(title):
        start.wait(10)
        publishing.publish(Pattern.objects.get(pk=pattern.pk), source=text(title, slug="well"))
        connection.close()

    threads = [threading.Thread(target=publish, args=[title]) for title in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(pattern.revisions.values_list("number", flat=True)) == [1, 2, 3]
