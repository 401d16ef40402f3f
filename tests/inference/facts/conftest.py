"""A library whose records are the graph, so that no snapshot has to be built."""

import pytest

from inference import backends


@pytest.fixture(autouse=True)
def records_are_the_graph(settings):
    settings.GRAPH = backends.RECORDS
    backends.forget("graph")
    yield
    backends.forget("graph")
