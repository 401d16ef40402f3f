"""Circles, against trying every order of every few nodes."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from patterns.exploring.circles import circles

NODES = st.integers(0, 5)
PAIRS = st.lists(st.tuples(NODES, NODES), max_size=14)


def all_circles(pairs):
    """Every simple circle, once for each place it can begin at."""
    known = set(pairs)
    for size in range(2, 7):
        for order in itertools.permutations(range(6), size):
            if all(pair in known for pair in zip(order, order[1:] + order[:1], strict=True)):
                yield order


@given(PAIRS)
def test_each_is_a_circle_and_the_shortest_through_its_first_node(pairs):
    every = list(all_circles(pairs))
    for circle in circles(pairs):
        assert circle in every
        assert len(circle) == min(len(one) for one in every if one[0] == circle[0])


@given(PAIRS)
def test_there_is_one_for_each_group_that_goes_round(pairs):
    groups = []
    for circle in all_circles(pairs):
        joined = [group for group in groups if group & set(circle)]
        groups = [group for group in groups if group not in joined] + [set(circle).union(*joined)]
    found = circles(pairs)
    assert len(found) == len(groups)
    assert all(any(set(circle) <= group for circle in found) for group in groups)


@given(PAIRS, NODES)
def test_it_goes_through_the_asked_node_where_that_goes_round(pairs, through):
    goes_round = any(through in circle for circle in all_circles(pairs))
    found = circles(pairs, through=through)
    assert (bool(found) and found[0][0] == through) == goes_round


def test_a_long_circle_is_no_deep_stack():
    size = 5_000
    pairs = [(node, (node + 1) % size) for node in range(size)]
    assert circles(pairs) == [tuple(range(size))]


def test_a_pattern_that_needs_itself_is_no_circle():
    assert circles([(1, 1), (1, 2)]) == []
