"""What is made of the whole library is made once for each state of it, and nobody waits while it is made anew."""

import threading

import pytest
from django.db import connection

from patterns.following.kept import Kept
from tests.factories.library import make_pattern


@pytest.mark.django_db
def test_it_is_made_once_until_the_library_changes():
    made = iter(range(9))
    kept = Kept(lambda: next(made))
    assert [kept.get(), kept.get()] == [0, 0]
    make_pattern("Shared well")
    assert [kept.get(), kept.get()] == [1, 1]
    kept.forget()
    assert kept.get() == 2


@pytest.mark.django_db
def test_what_could_not_be_made_is_tried_again():
    made = iter([ValueError, "whole"])

    def make():
        if (one := next(made)) is ValueError:
            raise ValueError("The database is away.")
        return one

    kept = Kept(make)
    with pytest.raises(ValueError, match="is away"):
        kept.get()
    assert kept.get() == "whole"


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_another_thread_makes_it_anew():
    begun, finish = threading.Event(), threading.Event()
    made = iter(["old", "new"])

    def make():
        one = next(made)
        if one == "new":
            begun.set()
            assert finish.wait(20)
        return one

    def another():
        kept.get()
        connection.close()

    kept = Kept(make)
    kept.get()
    make_pattern("Shared well")
    thread = threading.Thread(target=another)
    thread.start()
    assert begun.wait(20)
    assert kept.get() == "old"
    finish.set()
    thread.join()
    assert kept.get() == "new"
