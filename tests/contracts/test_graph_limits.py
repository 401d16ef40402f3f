"""No question to a graph takes for ever, and a missing engine is a sentence that says what to do."""

import pytest
from django.db import connection

from inference.backends import BackendError, postgres_graph
from inference.backends.cypher import CypherGraph
from inference.backends.kuzu import Graph as Kuzu
from inference.backends.postgres_graph import Graph as Records
from inference.graphs import Edge, Node


class Missing(CypherGraph):
    """An engine that nobody has installed."""

    engine = "an_engine_that_is_not_there"
    wanted = "an-engine==1.0"


def test_a_missing_engine_says_what_to_install(tmp_path):
    graph = Missing(tmp_path)
    assert graph.mark() == ""
    with pytest.raises(BackendError, match=r"Install an-engine==1.0, or set CLM_GRAPH"):
        graph.build([], [], mark="1")


@pytest.mark.django_db
@pytest.mark.parametrize("ask", ["paths", "shared"])
def test_a_question_whose_time_is_up_is_a_clear_error(tmp_path, ask):
    kuzu = Kuzu(tmp_path)
    kuzu.build([Node("p1", "a", "A"), Node("p2", "b", "B")], [Edge("p1", "p2", "enables", "approved", 1)], mark="1")
    for graph in (kuzu, Records()):
        graph.seconds = 0
        with pytest.raises(BackendError, match="more than 0 s"):
            getattr(graph, ask)("p1", "p2")


@pytest.mark.django_db
def test_a_slow_query_is_ended_and_the_transaction_around_it_goes_on():
    with pytest.raises(BackendError, match=r"took more than 0\.1 s"):
        postgres_graph._rows("SELECT pg_sleep(5)", {}, seconds=0.1)
    assert postgres_graph._rows("SELECT pg_sleep(0.01)::text", {}, seconds=1) == [("",)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        assert cursor.fetchone() == ("0",)
