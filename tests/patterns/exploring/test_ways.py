"""Shortest ways, against every way there is."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from patterns.exploring.ways import shortest_ways

NODES = st.integers(0, 8)
EDGES = st.lists(st.tuples(NODES, NODES, st.integers(0, 3)), max_size=24)


def touching_of(edges, asked=None):
    def touching(ids, limit):
        if asked is not None:
            asked.append((list(ids), limit))
        rows = [row for a, b, cost in edges if a != b for row in ((a, b, cost), (b, a, cost))]
        return [row for row in rows if row[0] in set(ids)][:limit]

    return touching


def all_ways(edges, start, end, longest):
    """Every simple way with its cheapest cost, the slow way."""
    costs = {}
    for a, b, cost in edges:
        for pair in ((a, b), (b, a)):
            costs[pair] = min(cost, costs.get(pair, cost))
    nodes = {node for pair in costs for node in pair if pair[0] != pair[1]} | {start, end}
    between = nodes - {start, end}
    for steps in range(1, longest + 1):
        found = []
        for middle in itertools.permutations(sorted(between), steps - 1):
            way = (start, *middle, end)
            pairs = list(itertools.pairwise(way))
            if all(pair in costs for pair in pairs):
                found.append((sum(costs[pair] for pair in pairs), way))
        if found:
            return sorted(found)
    return []


@given(EDGES, NODES, NODES, st.integers(1, 4))
def test_the_cheapest_of_the_shortest_are_found_and_all_are_counted(edges, start, end, most):
    if start == end:
        return
    expected = all_ways(edges, start, end, longest=4)
    found = shortest_ways(start, end, touching=touching_of(edges), most=most, longest=4)
    assert found.ways == tuple(way for _, way in expected[:most])
    assert found.total == len(expected)
    assert not found.cut


def test_a_way_to_itself_has_no_steps():
    found = shortest_ways(1, 1, touching=touching_of([(1, 2, 0)]))
    assert (found.ways, found.steps) == (((1,),), 0)


def test_one_level_is_asked_for_at_once_and_from_the_smaller_side():
    hub = [(0, node, 0) for node in range(10, 60)] + [(10, 1, 0)]
    asked = []
    shortest_ways(1, 0, touching=touching_of(hub, asked))
    assert [ids for ids, _ in asked] == [[1], [10]]


def test_a_way_longer_than_allowed_is_none():
    line = [(node, node + 1, 0) for node in range(7)]
    assert shortest_ways(0, 7, touching=touching_of(line), longest=6).steps is None
    assert shortest_ways(0, 6, touching=touching_of(line), longest=6).steps == 6


def test_cliques_cost_no_more_than_allowed_and_it_is_said():
    cliques = [(a, b, 0) for a, b in itertools.combinations(range(80), 2) if (a < 40) == (b < 40)]
    asked = []
    found = shortest_ways(0, 79, touching=touching_of(cliques, asked), most_rows=100)
    assert [limit for _, limit in asked] == [100, 61, 22]
    assert found.cut
    assert found.ways == ()


def test_many_equal_ways_are_counted_without_being_listed():
    wide = [
        edge for node in range(10, 30) for edge in ((0, node, 0), (node, 1, 0), (1, node + 50, 0), (node + 50, 2, 0))
    ]
    found = shortest_ways(0, 2, touching=touching_of(wide), most=3)
    assert (len(found.ways), found.total, found.steps) == (3, 400, 4)
