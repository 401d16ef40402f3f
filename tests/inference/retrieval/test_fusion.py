"""Fusion keeps what either searcher is sure of, and every reason."""

from hypothesis import given
from hypothesis import strategies as st

from inference.retrieval.fusion import DENSE, WORDS, fuse
from inference.types import Hit

HITS = st.lists(
    st.tuples(st.integers(1, 50), st.floats(-10, 50, allow_nan=False)), max_size=20, unique_by=lambda pair: pair[0]
).map(lambda pairs: [Hit(pk, score, "") for pk, score in pairs])


def ids(found):
    return [one.passage_id for one in found]


def test_what_both_find_comes_first():
    dense = [Hit(1, 0.9, "close"), Hit(2, 0.8, "close"), Hit(3, 0.1, "")]
    words = [Hit(2, 12.0, "says"), Hit(4, 3.0, "says")]
    found = fuse([(DENSE, dense), (WORDS, words)])
    assert ids(found)[0] == 2
    assert found[0].why == ("close", "says")


def test_scores_are_shares_of_the_weights():
    found = fuse([(DENSE, [Hit(1, 0.9, ""), Hit(2, 0.1, "")]), (WORDS, [Hit(2, 5.0, ""), Hit(1, 1.0, "")])])
    assert [(one.passage_id, round(one.score, 2)) for one in found] == [(1, 0.6), (2, 0.4)]


def test_one_searcher_alone_keeps_its_order_and_full_weight():
    found = fuse([(DENSE, []), (WORDS, [Hit(3, 9.0, ""), Hit(1, 4.0, "")])])
    assert ids(found) == [3, 1]
    assert found[0].score == 1.0


def test_equal_scores_all_count_full():
    assert [one.score for one in fuse([(1.0, [Hit(1, 2.0, ""), Hit(2, 2.0, "")])])] == [1.0, 1.0]


@given(HITS, HITS)
def test_scores_lie_between_nothing_and_one_and_every_hit_appears_once(dense, words):
    found = fuse([(DENSE, dense), (WORDS, words)])
    assert sorted(ids(found)) == sorted({hit.passage_id for hit in [*dense, *words]})
    assert all(0 <= one.score <= 1 + 1e-9 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
