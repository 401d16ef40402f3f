"""A graph on disk is built aside, checked, taken over whole, and never taken away from whoever reads it."""

import json

import pytest

from inference.backends import BackendError
from inference.graphs import Edge, Node
from tests.factories.graphs import maker

ONE, TWO = Node("p1", "a", "A"), Node("p2", "b", "B")
JOINED = Edge("p1", "p2", "enables", "approved", 1)


@pytest.fixture(scope="module", params=["kuzu", "ladybug"])
def make(request):
    with maker(request.param) as made:
        yield made


@pytest.fixture
def graph(make, tmp_path):
    graph = make(tmp_path)
    graph.build([ONE, TWO], [JOINED], mark="1")
    return graph


def snapshots(folder):
    return sorted(path.name for path in folder.iterdir())


def test_an_unbuilt_graph_says_so(make, tmp_path):
    graph = make(tmp_path / "nowhere")
    assert (graph.mark(), graph.count()) == ("", (0, 0))
    with pytest.raises(BackendError, match="No graph has been built"):
        graph.neighbours("p1")


def test_a_snapshot_says_what_it_is(graph, tmp_path):
    told = json.loads((tmp_path / "1" / "schema.json").read_text())
    assert (told["schema"], told["nodes"], told["edges"], told["mark"]) == (3, 2, 1, "1")
    assert set(told) >= {"engine", "version", "tables", "built_at", "sha256"}


def test_an_open_reader_follows_a_new_snapshot(make, graph, tmp_path):
    reader = make(tmp_path)
    assert reader.neighbours("p1") == [JOINED]
    graph.build([ONE], [], mark="2")
    assert reader.neighbours("p1") == []
    assert reader.mark() == "2"


def test_a_failed_build_leaves_the_live_snapshot(graph, tmp_path):
    with pytest.raises(BackendError, match="could not be built"):
        graph.build([ONE, ONE], [], mark="2")
    with pytest.raises(BackendError, match="could not be built"):
        graph.build([ONE], [JOINED], mark="2")
    assert (graph.mark(), graph.neighbours("p1")) == ("1", [JOINED])
    assert snapshots(tmp_path) == ["1", "current"]


def test_any_text_survives_the_way_into_the_engine(make, tmp_path):
    odd = Node("p1", "odd", 'Commas, "quotes", \\ back,\nlines \u2028 and NULL')
    graph = make(tmp_path)
    graph.build([odd, Node("p2", "", "")], [Edge("p1", "p2", 'a "kind", of\\its own', "approved", 7)], mark="1")
    assert graph.neighbours("p2")[0].kind == 'a "kind", of\\its own'


def test_old_snapshots_are_removed(graph, tmp_path):
    for number in range(2, 5):
        graph.build([ONE], [], mark=str(number))
    assert snapshots(tmp_path) == ["3", "4", "current"]


def test_what_a_reader_has_open_is_not_removed(make, graph, tmp_path):
    reader = make(tmp_path)
    assert reader.neighbours("p1") == [JOINED]
    for number in range(2, 5):
        graph.build([ONE], [], mark=str(number))
    assert snapshots(tmp_path) == ["1", "3", "4", "current"]
    assert reader.neighbours("p1") == []  # which opens the newest and lets the first go
    graph.build([ONE], [], mark="5")
    assert snapshots(tmp_path) == ["4", "5", "current"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
        lambda file: file.write_bytes(b"\0" * file.stat().st_size),
        lambda file: file.unlink(),
    ],
    ids=["truncated", "overwritten", "gone"],
)
def test_a_damaged_snapshot_is_a_clear_error_and_is_built_anew(make, graph, tmp_path, damage):
    damage(tmp_path / "1" / "graph.db")
    reader = make(tmp_path)
    with pytest.raises(BackendError, match="snapshot"):
        reader.neighbours("p1")
    assert reader.mark() == ""  # so that the next look at the library builds it
    graph.build([ONE, TWO], [JOINED], mark="1")
    assert (reader.mark(), reader.neighbours("p1")) == ("1", [JOINED])


@pytest.mark.parametrize("change", [{"schema": 2}, {"schema": 4}, {"engine": "another"}])
def test_a_snapshot_of_another_schema_is_not_opened(make, graph, tmp_path, change):
    file = tmp_path / "1" / "schema.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    reader = make(tmp_path)
    assert (reader.mark(), reader.count()) == ("", (0, 0))
    with pytest.raises(BackendError, match="No graph has been built"):
        reader.neighbours("p1")


@pytest.mark.parametrize("text", ["", "nonsense", "7", "../1"])
def test_a_pointer_to_nothing_is_no_snapshot(make, graph, tmp_path, text):
    (tmp_path / "current").write_text(text)
    assert make(tmp_path).mark() == ""
    graph.build([ONE], [], mark="2")
    assert graph.mark() == "2"
