"""Fusion judges every candidate by all of its scores, and keeps what either side is sure of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.retrieval.fusion import DENSE, WORDS, Candidate, best_of_each, fuse

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 50),
        st.sampled_from(["p1", "p2", "l1"]),
        st.none() | st.floats(-1, 1, allow_nan=False),
        st.just(0.0) | st.floats(0.01, 50),
        st.just(0.0) | st.floats(0.5, 4),
    ),
    max_size=20,
    unique_by=lambda one: one.passage_id,
)


def ids(found):
    return [one.passage_id for one in found]


def test_what_is_good_on_both_sides_comes_first():
    found = fuse([Candidate(1, "p1", 0.9, 0.0), Candidate(2, "p2", 0.8, 12.0), Candidate(3, "p3", 0.1, 3.0)])
    assert ids(found) == [2, 1, 3]


def test_scores_are_shares_of_the_weights():
    found = fuse([Candidate(1, "p1", 0.9, 0.0), Candidate(2, "p2", 0.1, 5.0)])
    assert [(one.passage_id, round(one.score, 2)) for one in found] == [(1, DENSE), (2, WORDS)]


def test_one_side_alone_keeps_its_order_and_full_weight():
    found = fuse([Candidate(3, "p3", None, 9.0), Candidate(1, "p1", None, 4.0)])
    assert ids(found) == [3, 1]
    assert found[0].score == 1.0


def test_equal_cosines_all_count_full():
    assert [one.score for one in fuse([Candidate(1, "p1", 0.5), Candidate(2, "p2", 0.5)])] == [1.0, 1.0]


def test_a_passage_without_a_vector_counts_as_the_farthest():
    found = fuse([Candidate(1, "p1", 0.9), Candidate(2, "p2", 0.4), Candidate(3, "p3", None)])
    assert found[1].score == found[2].score == 0.0


def test_a_relation_lifts_what_it_joins():
    plain = [Candidate(1, "p1", 0.5, 2.0), Candidate(2, "p2", 0.49, 2.0), Candidate(3, "p3", 0.1)]
    joined = [plain[0], Candidate(2, "p2", 0.49, 2.0, joined=1.0, why="Buurtzorg uses it"), plain[2]]
    assert ids(fuse(plain))[0] == 1
    assert ids(fuse(joined))[0] == 2


def test_an_entry_stands_where_the_best_of_both_sides_puts_it():
    # One passage of p1 is nearest in meaning and another has the words: together they are better than p2's one.
    found = fuse([Candidate(1, "p1", 0.9, 0.0), Candidate(2, "p1", 0.1, 8.0), Candidate(3, "p2", 0.7, 6.0)])
    assert found[0].owner == "p2"
    best = best_of_each(found)
    assert [(one.owner, one.passage_id) for one in best] == [("p1", 1), ("p2", 3)]
    assert best[0].score == pytest.approx(1.0)


@settings(deadline=None)
@given(CANDIDATES)
def test_scores_lie_between_nothing_and_one_and_every_candidate_appears_once(candidates):
    found = fuse(candidates)
    assert sorted(ids(found)) == sorted(one.passage_id for one in candidates)
    assert all(0 <= one.score <= 1 + 1e-9 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@settings(deadline=None)
@given(CANDIDATES)
def test_each_entry_appears_once_by_its_best_passage(candidates):
    found = fuse(candidates)
    best = best_of_each(found)
    assert {one.owner for one in best} == {one.owner for one in candidates}
    assert len(best) == len({one.owner for one in best})
    for one in best:
        assert one.passage_id == next(each.passage_id for each in found if each.owner == one.owner)
        assert one.score <= 1 + 1e-9


@settings(deadline=None)
@given(CANDIDATES, st.randoms())
def test_the_order_in_which_candidates_are_handed_in_makes_no_difference(candidates, random):
    other = list(candidates)
    random.shuffle(other)
    assert ids(fuse(candidates)) == ids(fuse(other))


@settings(deadline=None)
@given(CANDIDATES)
def test_better_on_both_sides_never_stands_lower(candidates):
    found = fuse(candidates)
    for place, one in enumerate(found):
        for lower in found[place + 1 :]:
            a, b = lower.candidate, one.candidate
            assert not (
                a.cosine is not None
                and b.cosine is not None
                and a.cosine > b.cosine + 1e-6
                and a.bm25 > b.bm25 + 1e-6
                and a.joined >= b.joined
                and lower.score < one.score - 1e-9
            )
