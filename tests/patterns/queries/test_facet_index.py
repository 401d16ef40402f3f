"""The facet index is true at every moment, whatever the order in which transactions begin, log and commit."""

import threading

import pytest
from django.db import connection, transaction

from patterns.enums import ChangeKind, LibraryOrigin, PublicationState
from patterns.models import LibraryChange, Pattern, Suitability
from patterns.queries.facet_index import kept_index
from tests.factories.library import make_library, make_pattern, suits


def size() -> int:
    return kept_index().index.everything.bit_count()


@pytest.mark.django_db
def test_the_index_is_kept_while_the_library_stands_still():
    make_pattern("A")
    assert kept_index() is kept_index()


@pytest.mark.django_db
def test_a_retired_pattern_leaves_the_index():
    pattern = make_pattern("A")
    assert size() == 1
    Pattern.objects.filter(pk=pattern.pk).update(state=PublicationState.RETIRED)
    LibraryChange.objects.create(kind=ChangeKind.PATTERN_RETIRED, pattern=pattern)
    assert size() == 0


@pytest.mark.django_db
def test_suitability_that_an_import_replaced_is_seen_without_a_line_in_the_log():
    pattern = make_pattern("A")
    suits(pattern, "stage", "Growth", 0.9)
    assert set(kept_index().index.values["stage"]) == {"growth"}
    Suitability.objects.all().delete()
    suits(pattern, "stage", "Maturity", 0.9)
    assert set(kept_index().index.values["stage"]) == {"maturity"}


@pytest.mark.django_db
def test_an_empty_library_has_an_empty_index():
    index = kept_index().index
    assert index.everything == 0
    assert list(index.newest_first(index.everything)) == []


@pytest.mark.django_db
def test_records_that_name_no_pattern_or_an_unpublished_one_count_for_nothing():
    suits(make_pattern("Gone", state=PublicationState.RETIRED), "stage", "Growth", 0.9)
    Suitability.objects.create(library=make_library(), pattern_ref="nobody", axis="stage", name="Growth", score=0.9)
    assert kept_index().index.values["stage"] == {}


@pytest.mark.django_db
def test_where_suitability_comes_from_is_known():
    suits(make_pattern("A"), "stage", "Growth", 0.9)
    imported = make_library("brought", title="Brought here", origin=LibraryOrigin.IMPORTED)
    suits(make_pattern("B", library=imported), "stage", "Growth", 0.9)
    assert {(source.title, source.by_machine) for source in kept_index().sources} == {
        ("Starter", False),
        ("Brought here", True),
    }


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_began_first_and_commits_last_is_not_missed():
    make_library()
    logged, may_commit = threading.Event(), threading.Event()

    def slow_writer() -> None:
        try:
            with transaction.atomic():
                make_pattern("Slow")
                logged.set()
                assert may_commit.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    assert logged.wait(10)
    make_pattern("Quick")
    newest = kept_index().stamp.newest
    assert size() == 1
    may_commit.set()
    thread.join()
    assert size() == 2
    assert kept_index().stamp.newest == newest  # the newest line alone would not have told


@pytest.mark.django_db(transaction=True)
def test_one_thread_makes_the_index_for_all():
    make_pattern("A")
    found, start = [], threading.Barrier(4)

    def visitor() -> None:
        try:
            start.wait(10)
            found.append(kept_index())
        finally:
            connection.close()

    threads = [threading.Thread(target=visitor) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in found}) == 1
