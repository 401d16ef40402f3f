"""Prerequisites as layers, against a search that is obviously right."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.exploring.prerequisites import Needs, as_tree, chain_to, closure

NODES = st.integers(0, 7)
NEEDS = st.lists(st.builds(Needs, NODES, NODES, st.booleans()), max_size=20)


def distances(start, needs):
    """Layer by layer, in the slow way."""
    known, layer = {start: 0}, 0
    while True:
        layer += 1
        fresh = {need.other for need in needs if known.get(need.one) == layer - 1} - known.keys()
        if not fresh:
            return {node: steps for node, steps in known.items() if node != start}
        known |= dict.fromkeys(fresh, layer)


@given(NODES, NEEDS)
def test_everything_is_reached_at_its_distance(start, needs):
    assert {one.id: one.layer for one in closure(start, needs)} == distances(start, needs)


@given(NODES, NEEDS)
def test_a_parent_asks_for_its_child_one_layer_above(start, needs):
    found = {one.id: one for one in closure(start, needs)}
    for one in found.values():
        assert any(need.one == one.parent and need.other == one.id for need in needs)
        assert one.layer == (found[one.parent].layer if one.parent != start else 0) + 1
        assert one.parent not in one.also


@given(NODES, NEEDS, st.integers(0, 6), st.integers(1, 4))
def test_a_tree_keeps_children_below_their_parent_and_within_bounds(start, needs, most, deepest):
    tree = as_tree(start, closure(start, needs), most=most, deepest=deepest)
    assert len(tree) <= most
    for place, (one, parent) in enumerate(tree):
        assert parent < place
        assert one.layer <= deepest
        assert one.parent == (start if parent < 0 else tree[parent][0].id)


@given(NODES, NODES, NEEDS)
def test_the_chain_to_an_end_is_as_long_as_its_layer(start, end, needs):
    found = closure(start, needs)
    chain = chain_to(end, found)
    expected = distances(start, needs).get(end)
    assert (len(chain) - 1 if chain else None) == expected
    if chain:
        assert (chain[0], chain[-1]) == (start, end)


def test_an_approved_need_comes_before_a_suggested_one():
    needs = [Needs(0, 1, suggested=True), Needs(0, 1, suggested=False)]
    assert [one.suggested for one in closure(0, needs)] == [False]


def test_a_deep_chain_is_no_deep_stack():
    needs = [Needs(node, node + 1) for node in range(5_000)]
    found = closure(0, needs)
    assert found[-1].layer == 5_000
    assert len(as_tree(0, found, most=40, deepest=6)) == 6
