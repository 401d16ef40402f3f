"""Every graph gives the same answers for the same records, and says when it has none."""

import itertools

import pytest

from inference.backends.postgres_graph import Graph as Records
from inference.graphs import EVERY, Direction, Edge
from patterns.enums import PublicationState, RelationKind, RelationState
from tests.factories.graphs import maker
from tests.factories.library import make_lighthouse, make_pattern, make_relation

pytestmark = pytest.mark.django_db
_numbers = itertools.count(1)


class World:
    """A small library and a way to read it through one backend."""

    def __init__(self, make, folder):
        self.make = make
        self.folder = folder
        self.charter, self.consent, self.trust, self.alone = (
            make_pattern(title) for title in ("Commons charter", "Consent", 'Land "trust", shared', "Alone")
        )
        self.enables = make_relation(self.charter, RelationKind.ENABLES, self.consent)
        self.requires = make_relation(self.trust, RelationKind.REQUIRES, self.consent)
        self.suggested = make_relation(self.charter, "related", self.alone, state=RelationState.SUGGESTED)
        make_relation(self.charter, "related", self.trust, state=RelationState.REJECTED)
        make_relation(self.charter, "related", None)
        self.house = make_lighthouse("Buurtzorg", uses=(self.consent, "A title that names nothing"))

    def graph(self):
        if self.make is None:
            return Records()
        graph = self.make(self.folder / str(next(_numbers)))
        graph.build(*Records().everything(), mark="7")
        return graph


@pytest.fixture(scope="module", params=["kuzu", "ladybug", "postgres"])
def make(request):
    """A maker of graphs over a folder; None for the one that needs none."""
    if request.param == "postgres":
        yield None
        return
    with maker(request.param) as made:
        yield made


@pytest.fixture
def world(make, tmp_path):
    return World(make, tmp_path)


def key(thing):
    return f"{'l' if thing._meta.model_name == 'lighthouse' else 'p'}{thing.pk}"


def steps(reached):
    return [(one.key, one.steps) for one in reached]


def test_neighbours_come_from_both_sides(world):
    found = world.graph().neighbours(key(world.consent))
    assert {(edge.source, edge.target, edge.kind, edge.state) for edge in found} == {
        (key(world.charter), key(world.consent), "enables", "approved"),
        (key(world.trust), key(world.consent), "requires", "approved"),
        (key(world.house), key(world.consent), "uses", "declared"),
    }


def test_neighbours_of_one_direction(world):
    graph = world.graph()
    assert [edge.kind for edge in graph.neighbours(key(world.trust), direction=Direction.OUT)] == ["requires"]
    assert graph.neighbours(key(world.trust), direction=Direction.IN) == []
    assert len(graph.neighbours(key(world.consent), direction=Direction.IN)) == 3


def test_neighbours_of_some_kinds(world):
    found = world.graph().neighbours(key(world.consent), kinds=("requires", "uses", "of_a_kind_nobody_knows"))
    assert [edge.kind for edge in found] == ["uses", "requires"]


def test_neighbours_of_some_states(world):
    graph = world.graph()
    assert [edge.state for edge in graph.neighbours(key(world.charter), states=("suggested",))] == ["suggested"]
    assert [edge.state for edge in graph.neighbours(key(world.consent), states=("declared",))] == ["declared"]
    assert graph.neighbours(key(world.consent), states=()) == []


def test_an_edge_names_its_record(world):
    edge = next(edge for edge in world.graph().neighbours(key(world.trust)) if edge.kind == "requires")
    assert edge == Edge(key(world.trust), key(world.consent), "requires", "approved", world.requires.pk, 0.25)


def test_approved_edges_come_before_suggested_ones(world):
    assert [edge.state for edge in world.graph().neighbours(key(world.charter))] == ["approved", "suggested"]


def test_of_equals_the_better_founded_comes_first(world):
    make_relation(world.charter, RelationKind.COMPLEMENTS, world.trust, weight=0.9)
    make_relation(world.charter, RelationKind.TOOL_FOR, world.trust, weight=0.1, evidence="It holds the land.")
    kinds = [edge.kind for edge in world.graph().neighbours(key(world.charter))]
    assert kinds == ["tool_for", "complements", "enables", "related"]


def test_rejected_and_unresolved_relations_are_absent(world):
    assert len(world.graph().neighbours(key(world.charter))) == 2


def test_a_relation_to_itself_is_absent(world):
    make_relation(world.alone, RelationKind.REQUIRES, world.alone)
    assert [edge.kind for edge in world.graph().neighbours(key(world.alone))] == ["related"]


def test_a_limit_is_kept(world):
    graph = world.graph()
    assert len(graph.neighbours(key(world.consent), limit=2)) == 2
    assert graph.neighbours(key(world.consent), limit=0) == []


def test_a_retired_pattern_is_absent(world):
    world.trust.state = PublicationState.RETIRED
    world.trust.save()
    assert world.graph().neighbours(key(world.trust)) == []


@pytest.mark.parametrize("unknown", ["p999999", "') RETURN 1 //", "", "p", "x1", "p1 OR 1=1", "p" + "9" * 40, "p²"])
def test_unknown_things_are_joined_to_nothing(world, unknown):
    graph, known = world.graph(), key(world.consent)
    assert graph.neighbours(unknown) == graph.adoptions(unknown) == graph.prerequisites(unknown) == []
    assert graph.paths(unknown, known) == graph.paths(known, unknown) == graph.shared(unknown, known) == []


def test_adoptions_are_read_from_either_end(world):
    other = make_lighthouse("Patagonia", uses=(world.charter, world.consent))
    graph = world.graph()
    assert {edge.target for edge in graph.adoptions(key(other))} == {key(world.charter), key(world.consent)}
    assert [edge.source for edge in graph.adoptions(key(world.consent))] == [key(world.house), key(other)]
    assert graph.adoptions(key(world.trust)) == []


def test_a_path_goes_over_approved_edges_whatever_their_direction(world):
    (path,) = world.graph().paths(key(world.charter), key(world.trust))
    assert [edge.kind for edge in path] == ["enables", "requires"]


def test_a_path_goes_over_what_a_lighthouse_declares(world):
    (path,) = world.graph().paths(key(world.house), key(world.charter))
    assert [edge.kind for edge in path] == ["uses", "enables"]


def test_suggested_edges_are_a_way_only_where_they_are_asked_for(world):
    graph, ends = world.graph(), (key(world.charter), key(world.alone))
    assert graph.paths(*ends) == []
    assert [edge.kind for edge in graph.paths(*ends, states=EVERY)[0]] == ["related"]


def test_a_path_over_some_kinds(world):
    ends = key(world.charter), key(world.trust)
    assert world.graph().paths(*ends, kinds=("enables",)) == []


def test_a_path_is_no_longer_than_asked(world):
    assert world.graph().paths(key(world.charter), key(world.trust), longest=1) == []


def test_only_the_shortest_paths_are_told_and_each_once(world):
    make_relation(world.charter, RelationKind.COMPLEMENTS, world.trust)
    make_relation(world.trust, RelationKind.RELATED, world.charter, evidence="Both hold what is shared.")
    (path,) = world.graph().paths(key(world.charter), key(world.trust))
    assert [edge.kind for edge in path] == ["related"]


def test_of_equally_short_paths_the_most_trusted_comes_first(world):
    between = make_pattern("Aardvark")
    make_relation(world.charter, "related", between, state=RelationState.SUGGESTED)
    make_relation(between, "related", world.trust, state=RelationState.SUGGESTED)
    found = world.graph().paths(key(world.charter), key(world.trust), states=EVERY)
    assert [[edge.state for edge in path] for path in found] == [["approved"] * 2, ["suggested"] * 2]
    assert world.graph().paths(key(world.charter), key(world.trust), states=EVERY, limit=1) == found[:1]


def test_there_is_no_path_from_a_thing_to_itself(world):
    assert world.graph().paths(key(world.consent), key(world.consent)) == []


def test_prerequisites_are_told_to_any_depth_with_their_distance(world):
    base, ground = make_pattern("Base"), make_pattern("Ground")
    make_relation(world.consent, RelationKind.REQUIRES, base)
    make_relation(base, RelationKind.REQUIRES, ground)
    make_relation(world.trust, RelationKind.REQUIRES, ground)
    found = world.graph().prerequisites(key(world.trust))
    assert steps(found) == [(key(world.consent), 1), (key(ground), 1), (key(base), 2)]
    assert (found[2].edge.source, found[2].edge.target) == (key(world.consent), key(base))


def test_a_circle_of_prerequisites_ends(world):
    make_relation(world.consent, RelationKind.REQUIRES, world.trust)
    assert steps(world.graph().prerequisites(key(world.trust))) == [(key(world.consent), 1)]


def test_prerequisites_are_no_deeper_and_no_more_than_asked(world):
    base = make_pattern("Base")
    make_relation(world.consent, RelationKind.REQUIRES, base)
    graph = world.graph()
    assert steps(graph.prerequisites(key(world.trust), depth=1)) == [(key(world.consent), 1)]
    assert steps(graph.prerequisites(key(world.trust), limit=1)) == [(key(world.consent), 1)]
    assert graph.prerequisites(key(world.trust), limit=0) == []


def test_what_requires_a_thing_is_the_other_direction(world):
    house = make_pattern("House")
    make_relation(house, RelationKind.REQUIRES, world.trust)
    found = world.graph().prerequisites(key(world.consent), direction=Direction.IN)
    assert steps(found) == [(key(world.trust), 1), (key(house), 2)]


def test_a_suggested_requirement_counts_only_where_it_is_asked_for(world):
    make_relation(world.consent, RelationKind.REQUIRES, world.alone, state=RelationState.SUGGESTED)
    graph = world.graph()
    assert len(graph.prerequisites(key(world.trust))) == 1
    assert len(graph.prerequisites(key(world.trust), states=EVERY)) == 2


def test_specialising_is_no_requirement(world):
    make_relation(world.consent, RelationKind.SPECIALIZES, world.alone)
    assert steps(world.graph().prerequisites(key(world.trust))) == [(key(world.consent), 1)]


def test_what_two_things_share(world):
    (one,) = world.graph().shared(key(world.charter), key(world.trust))
    assert (one.key, one.left.kind, one.right.kind) == (key(world.consent), "enables", "requires")


def test_two_patterns_share_a_lighthouse_and_two_lighthouses_a_pattern(world):
    other = make_lighthouse("Patagonia", uses=(world.consent, world.charter))
    graph = world.graph()
    assert [one.key for one in graph.shared(key(world.consent), key(world.charter))] == [key(other)]
    assert [one.key for one in graph.shared(key(world.house), key(other))] == [key(world.consent)]


def test_two_that_are_joined_do_not_share_each_other(world):
    assert world.graph().shared(key(world.charter), key(world.consent)) == []


def test_nodes_and_edges_are_counted(world):
    assert world.graph().count() == (5, 4)


def test_a_hub_is_answered_within_its_bounds(world):
    many = [make_pattern() for _ in range(30)]
    for one in many:
        make_relation(one, RelationKind.REQUIRES, world.consent)
        make_relation(one, RelationKind.ENABLES, world.alone)
    graph, hub, other = world.graph(), key(world.consent), key(world.alone)
    assert len(graph.neighbours(hub, limit=10)) == 10
    assert len(graph.paths(hub, other, limit=4)) == 4
    assert len(graph.shared(hub, other, limit=6)) == 6
    assert len(graph.prerequisites(hub, direction=Direction.IN, limit=7)) == 7
