"""On any graph every backend answers what a plain walk over a list of edges answers, in the same order."""

import itertools
from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inference.backends.postgres_graph import Graph as Records
from inference.graphs import EVERY, TRUSTED, Direction
from patterns.enums import Provenance
from patterns.models import Adoption, Pattern, Relation
from tests.factories.graphs import maker
from tests.factories.library import make_library, make_lighthouse

pytestmark = pytest.mark.django_db
PATTERNS, LIGHTHOUSES = 6, 2
KINDS = ("requires", "enables", "related")
_folders = itertools.count(1)

relation = st.tuples(
    st.integers(0, PATTERNS - 1),
    st.sampled_from(KINDS),
    st.integers(0, PATTERNS - 1),
    st.sampled_from(("approved", "approved", "suggested", "rejected")),
    st.sampled_from((None, 0.0, 0.3, 1.0)),
    st.sampled_from(("", "Somebody said so.")),
)
adoption = st.tuples(st.integers(0, LIGHTHOUSES - 1), st.integers(0, PATTERNS - 1))
graphs = st.tuples(st.lists(relation, max_size=22), st.lists(adoption, max_size=5, unique=True))


class Plain:
    """The naive answers: everything is looked through, nothing is clever."""

    def __init__(self, edges):
        self.edges = sorted(edges, key=lambda e: (e.state == "suggested", -e.weight, e.kind, e.relation_id))

    def neighbours(self, key, kinds, direction, states):
        ends = {Direction.OUT: ("source",), Direction.IN: ("target",), Direction.BOTH: ("source", "target")}[direction]
        return [
            edge
            for edge in self.edges
            if any(getattr(edge, end) == key for end in ends)
            and edge.state in states
            and (not kinds or edge.kind in kinds)
        ]

    def best(self, states):
        joined = defaultdict(dict)
        for edge in self.edges:
            if edge.state in states:
                joined[edge.source].setdefault(edge.target, edge)
                joined[edge.target].setdefault(edge.source, edge)
        # Of the edges between two nodes the best is meant, whichever way it points.
        for one, others in joined.items():
            for other in others:
                others[other] = min(
                    (others[other], joined[other][one]),
                    key=lambda e: (e.state == "suggested", -e.weight, e.kind, e.relation_id),
                )
        return joined

    def paths(self, source, target, states, longest):
        joined, ways = self.best(states), [[source]]
        for _ in range(longest):
            ways = [[*way, there] for way in ways for there in joined[way[-1]] if there not in way]
            if found := [way for way in ways if way[-1] == target]:
                edges = [tuple(joined[a][b] for a, b in itertools.pairwise(way)) for way in found]
                ranked = sorted(zip(map(cost, edges), ([number(n) for n in way] for way in found), edges, strict=True))
                return [path for _, _, path in ranked]
        return []

    def prerequisites(self, key, direction, states):
        here, there = ("source", "target") if direction == Direction.OUT else ("target", "source")
        steps, frontier = {key: 0}, [key]
        for step in itertools.count(1):
            frontier = [
                getattr(edge, there)
                for edge in self.edges
                if edge.kind == "requires" and edge.state in states and getattr(edge, here) in frontier
                if getattr(edge, there) not in steps
            ]
            if not frontier:
                return {node: far for node, far in steps.items() if node != key}
            steps |= dict.fromkeys(frontier, step)
        return None

    def shared(self, one, other, states):
        joined = self.best(states)
        both = (joined[one].keys() & joined[other].keys()) - {one, other}
        ranked = sorted(both, key=lambda node: (cost((joined[one][node], joined[other][node])), number(node)))
        return [(node, joined[one][node], joined[other][node]) for node in ranked]


def cost(path):
    return sum((1_000_000 if edge.state == "suggested" else 0) + int(1000 * (1 - edge.weight)) for edge in path)


def number(key):
    return int(key[1:]) * (1 if key[0] == "p" else -1)


def fill(relations, adoptions):
    """The records of this graph; returns the keys of its nodes."""
    patterns = Pattern.objects.bulk_create(
        Pattern(library=make_library(), title=f"P{n}", slug=f"p{n}", uid=f"u{n}") for n in range(PATTERNS)
    )
    lighthouses = [make_lighthouse(f"L{n}") for n in range(LIGHTHOUSES)]
    Relation.objects.bulk_create(
        Relation(
            source=patterns[source],
            kind=kind,
            target=patterns[target],
            state=state,
            weight=weight,
            evidence=evidence,
            provenance=Provenance.IMPORTED,
        )
        for source, kind, target, state, weight, evidence in relations
    )
    Adoption.objects.bulk_create(
        Adoption(lighthouse=lighthouses[house], pattern=patterns[used], reference="it", position=place)
        for place, (house, used) in enumerate(adoptions)
    )
    return [*(f"p{one.pk}" for one in patterns), *(f"l{one.pk}" for one in lighthouses)]


@pytest.fixture(scope="module")
def engines():
    with maker("kuzu") as kuzu, maker("ladybug") as ladybug:
        yield kuzu, ladybug


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(graphs)
def test_all_backends_agree_with_a_plain_walk(engines, tmp_path_factory, graph):
    with transaction.atomic():
        keys = fill(*graph)
        nodes, edges = Records().everything()
        backends = [Records()]
        for make in engines:
            backends.append(make(tmp_path_factory.mktemp("graph") / str(next(_folders))))
            backends[-1].build(nodes, edges, mark="1")
        compare(Plain(edges), backends, keys)
        transaction.set_rollback(True)


def compare(plain, backends, keys):
    for key in keys:
        for direction, kinds, states in ((Direction.BOTH, (), EVERY), (Direction.OUT, ("requires", "uses"), TRUSTED)):
            expected = plain.neighbours(key, kinds, direction, states)
            for graph in backends:
                found = graph.neighbours(key, kinds=kinds, direction=direction, states=states)
                assert found == expected
        for direction, states in itertools.product((Direction.OUT, Direction.IN), (TRUSTED, EVERY)):
            expected = plain.prerequisites(key, direction, states)
            answers = [graph.prerequisites(key, direction=direction, states=states, depth=12) for graph in backends]
            assert {one.key: one.steps for one in answers[0]} == expected
            assert answers.count(answers[0]) == len(backends)
    for one, other in itertools.combinations([keys[0], keys[1], keys[2], keys[-1]], 2):
        for states in (TRUSTED, EVERY):
            paths = plain.paths(one, other, states, 4)[:5]
            both = plain.shared(one, other, states)
            for graph in backends:
                assert graph.paths(one, other, states=states) == paths
                assert [(s.key, s.left, s.right) for s in graph.shared(one, other, states=states)] == both
