"""Each test that asks for `library_home` has its own word index and graph: snapshots outlive a test's database."""

import pytest

from inference import backends


@pytest.fixture
def library_home(settings, tmp_path):
    """An empty CLM_HOME, read by the word index and the graph of this test alone."""
    settings.CLM_HOME = tmp_path
    backends.forget("words", "graph")
    yield tmp_path
    backends.forget("words", "graph")
