"""What two patterns share, and choosing a few of many."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.exploring.mixing import mixed
from patterns.exploring.shared import shared_neighbours

ROWS = st.lists(st.tuples(st.sampled_from([0, 1]), st.integers(0, 9), st.integers(0, 5)), max_size=30)


@given(ROWS)
def test_shared_is_what_both_have_cheapest_first(rows):
    def cheapest(one):
        ends = {there for here, there, _ in rows if here == one}
        return {end: min(cost for here, there, cost in rows if (here, there) == (one, end)) for end in ends}

    first, second = cheapest(0), cheapest(1)
    expected = {node: first[node] + second[node] for node in first if node in second and node not in {0, 1}}
    found = shared_neighbours(0, 1, rows)
    assert set(found) == set(expected)
    assert [expected[node] for node in found] == sorted(expected.values())


@given(st.lists(st.integers(0, 5)), st.integers(0, 12))
def test_no_group_has_two_before_every_other_had_one(things, most):
    chosen = mixed(things, group=lambda thing: thing, most=most)
    assert len(chosen) == min(most, len(things))
    for thing in set(things):
        for other in set(things):
            if things.count(other) > chosen.count(other):
                assert chosen.count(thing) <= chosen.count(other) + 1
