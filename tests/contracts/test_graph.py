"""Every graph gives the same neighbours and paths for the same records, and says when it has none."""

import pytest

from inference.backends import BackendError, Edge, Node
from inference.backends.kuzu import Graph as KuzuGraph
from inference.backends.postgres_graph import Graph as PostgresGraph
from inference.backends.postgres_graph import Graph as Records
from patterns.enums import PublicationState, RelationKind, RelationState
from tests.factories.library import make_lighthouse, make_pattern, make_relation

pytestmark = pytest.mark.django_db


class World:
    """A small library and a way to read it through one backend."""

    def __init__(self, backend, folder):
        self.backend = backend
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
        if self.backend is PostgresGraph:
            return PostgresGraph()
        graph = KuzuGraph(self.folder)
        graph.build(*Records().everything(), mark="7")
        return graph


@pytest.fixture(params=[KuzuGraph, PostgresGraph], ids=["kuzu", "postgres"])
def world(request, tmp_path):
    return World(request.param, tmp_path)


def key(thing):
    return f"{'l' if thing._meta.model_name == 'lighthouse' else 'p'}{thing.pk}"


def test_neighbours_come_from_both_sides(world):
    found = world.graph().neighbours(key(world.consent))
    assert {(edge.source, edge.target, edge.kind, edge.state) for edge in found} == {
        (key(world.charter), key(world.consent), "enables", "approved"),
        (key(world.trust), key(world.consent), "requires", "approved"),
        (key(world.house), key(world.consent), "uses", "declared"),
    }


def test_an_edge_names_its_record(world):
    edge = next(edge for edge in world.graph().neighbours(key(world.trust)) if edge.kind == "requires")
    assert edge == Edge(key(world.trust), key(world.consent), "requires", "approved", world.requires.pk)


def test_approved_edges_come_before_suggested_ones(world):
    assert [edge.state for edge in world.graph().neighbours(key(world.charter))] == ["approved", "suggested"]


def test_rejected_and_unresolved_relations_are_absent(world):
    assert len(world.graph().neighbours(key(world.charter))) == 2


def test_a_limit_is_kept(world):
    assert len(world.graph().neighbours(key(world.consent), limit=2)) == 2


def test_a_retired_pattern_is_absent(world):
    world.trust.state = PublicationState.RETIRED
    world.trust.save()
    assert world.graph().neighbours(key(world.trust)) == []


def test_unknown_things_have_no_neighbours(world):
    assert world.graph().neighbours("p999999") == world.graph().neighbours("') RETURN 1 //") == []


def test_a_path_goes_over_approved_edges_whatever_their_direction(world):
    (path,) = world.graph().paths(key(world.charter), key(world.trust))
    assert [edge.kind for edge in path] == ["enables", "requires"]


def test_a_path_goes_over_what_a_lighthouse_declares(world):
    (path,) = world.graph().paths(key(world.house), key(world.charter))
    assert [edge.kind for edge in path] == ["uses", "enables"]


def test_suggested_edges_are_no_way(world):
    assert world.graph().paths(key(world.charter), key(world.alone)) == []


def test_a_path_is_no_longer_than_asked(world):
    assert world.graph().paths(key(world.charter), key(world.trust), longest=1) == []


def test_only_the_shortest_paths_are_told(world):
    make_relation(world.charter, RelationKind.COMPLEMENTS, world.trust)
    (path,) = world.graph().paths(key(world.charter), key(world.trust))
    assert [edge.kind for edge in path] == ["complements"]


def test_nodes_and_edges_are_counted(world):
    assert world.graph().count() == (5, 4)


def test_an_unbuilt_snapshot_says_so(tmp_path):
    graph = KuzuGraph(tmp_path)
    assert (graph.mark(), graph.count()) == ("", (0, 0))
    with pytest.raises(BackendError, match="No graph has been built"):
        graph.neighbours("p1")


def test_an_open_reader_follows_a_new_snapshot(tmp_path):
    writer, reader = KuzuGraph(tmp_path), KuzuGraph(tmp_path)
    one, two = Node("p1", "a", "A"), Node("p2", "b", "B")
    writer.build([one], [], mark="1")
    assert reader.neighbours("p1") == []
    writer.build([one, two], [Edge("p1", "p2", "enables", "approved", 1)], mark="2")
    assert len(reader.neighbours("p1")) == 1
    assert reader.mark() == "2"


def test_a_failed_build_leaves_the_live_snapshot(tmp_path):
    graph = KuzuGraph(tmp_path)
    graph.build([Node("p1", "a", "A")], [], mark="1")
    with pytest.raises(BackendError, match="could not be built"):
        graph.build([Node("p1", "a", "A"), Node("p1", "b", "B")], [], mark="2")
    assert (graph.mark(), graph.count()) == ("1", (1, 0))


def test_old_snapshots_are_removed(tmp_path):
    graph = KuzuGraph(tmp_path)
    for number in range(4):
        graph.build([Node("p1", "a", "A")], [], mark=str(number))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["3", "4", "current"]
