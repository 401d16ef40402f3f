"""What changed is told once, in the order it happened: people's work one by one, imports as one."""

import pytest

from patterns import publishing
from patterns.enums import LibraryOrigin, PublicationState
from patterns.queries.changed import changed
from tests.factories.library import add_revision, make_library, make_lighthouse, make_pattern, make_user

pytestmark = pytest.mark.django_db
BODY = "## Context\n\nA village.\n\n## Solution\n\n{}\n"


def by_hand(pattern, body, **fields):
    return add_revision(pattern, body, origin=LibraryOrigin.SITE, **fields)


def test_an_edit_names_its_author_its_reason_and_the_sections_it_changed():
    well = make_pattern("Shared well", BODY.format("Meet."))
    by_hand(well, BODY.format("Meet weekly."), author=make_user("Ada"), message="Says how often")
    found = changed()[0]
    assert (found.verb, found.number, found.who, found.message) == ("changed", 2, "Ada", "Says how often")
    assert found.sections == ("Solution",)


def test_many_of_one_import_are_one_change():
    for _ in range(4):
        make_pattern()
        make_lighthouse()
    (found,) = changed()
    assert (found.many, found.patterns, found.lighthouses, found.title) == (True, 4, 4, "Starter")


def test_a_few_are_told_one_by_one():
    make_pattern("Shared well")
    (found,) = changed()
    assert (found.many, found.title, found.library, found.who) == (False, "Shared well", "Starter", "")


def test_what_people_write_is_never_folded():
    well, ada = make_pattern("Shared well"), make_user("Ada")
    for number in range(8):
        by_hand(well, BODY.format(number), author=ada)
    assert sum(one.who == "Ada" for one in changed()) == 8


def test_libraries_are_told_apart():
    for name in ("one", "two"):
        for _ in range(6):
            make_pattern(library=make_library(name))
    assert {one.title for one in changed()} == {"One", "Two"}


def test_taking_out_and_bringing_back_are_told():
    well = make_pattern("Shared well")
    publishing.retire(well, actor=None, reason="old")
    assert [one.verb for one in changed()] == ["retired"]
    publishing.restore(well, actor=None)
    assert [one.verb for one in changed()] == ["returned", "new"]


def test_the_texts_of_what_was_taken_out_are_not_told():
    well = make_pattern("Shared well", summary="A secret.")
    publishing.retire(well, actor=None, reason="old")
    assert changed()[0].summary == ""


def test_one_domain_is_told_alone():
    make_pattern("Shared well", domain="villages")
    make_pattern("Night bus", domain="cities")
    make_lighthouse("Vienna")
    assert [one.title for one in changed(domains=["cities"])] == ["Night bus"]


def test_ids_stay_and_differ():
    make_pattern()
    make_pattern()
    first = [one.id for one in changed()]
    assert first == [one.id for one in changed()]
    assert len(set(first)) == 2


@pytest.mark.parametrize("count", [1, 7])
def test_query_count_is_constant(django_assert_num_queries, count):
    for _ in range(count):
        by_hand(make_pattern(), BODY.format("New."), author=make_user())
    with django_assert_num_queries(7):
        changed()


def test_nothing_is_told_of_what_is_hidden():
    make_pattern("Shared well", state=PublicationState.RETIRED)
    assert changed() == ()
