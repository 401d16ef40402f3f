"""Everything a question names is among the first."""

from hypothesis import given, settings
from hypothesis import strategies as st

from inference.retrieval.fusion import Candidate, fuse
from inference.retrieval.leading import first, owner_of
from inference.types import Entity


def entity(pk, matched="x", kind="pattern"):
    return Entity(kind, pk, f"slug-{pk}", f"Title {pk}", matched, 100)


def ranking(*owners):
    return fuse([Candidate(pk, owner, 1 - pk / 100) for pk, owner in enumerate(owners, start=1)])


def owners(found):
    return [one.owner for one in found]


def test_a_query_that_is_one_name_is_led_by_its_entry():
    found = first(ranking("p1", "p2", "p3"), [entity(3, "Shared bay")], query="shared  bay?")
    assert owners(found) == ["p3", "p1", "p2"]


def test_a_name_within_a_question_does_not_lead_but_is_among_the_first_two():
    found = first(ranking("p1", "p2", "p3", "p4"), [entity(4, "shared bay")], query="who fishes in the shared bay")
    assert owners(found) == ["p1", "p4", "p2", "p3"]


def test_all_of_several_names_are_among_the_first():
    ranked = ranking(*["p1"] * 10, "p2", *["p9"] * 5, "p3", "l1")
    found = first(ranked, [entity(1), entity(2), entity(3), entity(1, kind="lighthouse")], query="x or x")
    assert {"p1", "p2", "p3", "l1"} <= set(owners(found[:8]))
    assert sorted(one.passage_id for one in found) == sorted(one.passage_id for one in ranked)


def test_a_plain_word_in_a_long_question_that_is_also_a_name_changes_nothing():
    ranked = ranking("p1", "p2", "p3", "p4")
    question = "how do small groups of neighbours share the work of mending nets near a bay"
    assert first(ranked, [entity(4, "bay")], query=question) == ranked


def test_what_stands_among_the_first_already_stays():
    ranked = ranking("p1", "p2", "p3")
    assert first(ranked, [entity(1), entity(2)], query="x or x") == ranked


def test_a_name_nothing_was_found_of_changes_nothing():
    ranked = ranking("p1", "p2")
    assert first(ranked, [entity(7, "seven")], query="seven") == ranked


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["p1", "p2", "p3", "l1"]), max_size=30), st.sets(st.sampled_from([1, 2, 3]), max_size=3)
)
def test_nothing_is_lost_or_doubled_and_every_name_found_is_in_front(found_owners, named):
    ranked = ranking(*found_owners)
    entities = [entity(pk) for pk in named]
    found = first(ranked, entities, query="x, x and x")
    assert sorted(one.passage_id for one in found) == sorted(one.passage_id for one in ranked)
    wanted = {owner_of(one) for one in entities} & set(found_owners)
    assert wanted <= set(owners(found[: 2 * len(entities)]))
