"""Measures of a ranking, against values worked out by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.evaluation.ranking import ndcg, percentile, recall

GAINS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([1.0, 2.0, 3.0]), min_size=1)
RANKINGS = st.lists(st.sampled_from("abcdefghxyz"), unique=True)


def test_the_best_order_scores_one():
    assert ndcg(["a", "b", "x"], {"a": 2, "b": 1}, depth=10) == 1.0


def test_a_relevant_document_in_third_place():
    assert ndcg(["x", "y", "a"], {"a": 1}, depth=10) == pytest.approx(0.5)  # 1 ÷ log2(4)


def test_graded_gains_in_the_wrong_order():
    reached = 1 + 3 / math.log2(3)
    best = 3 + 1 / math.log2(3)
    assert ndcg(["b", "a"], {"a": 3, "b": 1}, depth=10) == pytest.approx(reached / best)


def test_what_stands_below_the_depth_counts_nothing():
    assert ndcg(["x", "a"], {"a": 1}, depth=1) == 0.0
    assert recall(["x", "a"], {"a": 1}, depth=1) == 0.0


def test_no_more_than_the_depth_can_be_wanted():
    assert ndcg(["a"], {"a": 1, "b": 1, "c": 1}, depth=1) == 1.0


def test_recall_is_a_share_of_all_that_is_relevant():
    assert recall(["a", "x", "b"], {"a": 1, "b": 1, "c": 1, "d": 1}, depth=100) == 0.5


def test_nothing_judged_scores_nothing():
    assert (ndcg(["a"], {}, depth=10), recall(["a"], {}, depth=10)) == (0.0, 0.0)


def test_percentiles_are_values_that_were_measured():
    assert percentile([4, 1, 3, 2], share=0.5) == 2
    assert percentile([4, 1, 3, 2], share=0.95) == 4
    assert percentile([], share=0.5) == 0.0


@settings(deadline=None)
@given(RANKINGS, GAINS)
def test_measures_lie_between_nothing_and_one(ranking, gains):
    assert 0 <= ndcg(ranking, gains, depth=5) <= 1 + 1e-9
    assert 0 <= recall(ranking, gains, depth=5) <= 1


@settings(deadline=None)
@given(RANKINGS, GAINS)
def test_a_relevant_document_moved_up_never_scores_less(ranking, gains):
    for place in range(1, len(ranking)):
        if gains.get(ranking[place], 0) > gains.get(ranking[place - 1], 0):
            swapped = [*ranking[: place - 1], ranking[place], ranking[place - 1], *ranking[place + 1 :]]
            assert ndcg(swapped, gains, depth=5) >= ndcg(ranking, gains, depth=5) - 1e-12
