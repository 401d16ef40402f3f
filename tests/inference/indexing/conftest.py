"""Choosing the embedder of a test by the name of its class in tests.factories.embedders."""

import pytest

from inference import backends


@pytest.fixture
def embedding_by(settings):
    """`embedding_by("SharedWords", "model a")`: from now on this test embeds by that class and that model."""

    def choose(kind="SharedWords", model=""):
        settings.EMBEDDER = f"tests.factories.embedders.{kind}"
        settings.EMBEDDING_MODEL = model
        backends.forget("embedder")

    yield choose
    backends.forget("embedder")
