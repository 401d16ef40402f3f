"""Every embedder gives unit vectors in which texts of one meaning lie close."""

import numpy as np
import pytest

from inference import backends
from inference.backends import BackendError
from inference.backends.sentence_transformer import PACKAGED_NAME, Embedder


@pytest.fixture(scope="module", params=[Embedder], ids=["sentence-transformers"])
def embedder(request):
    return request.param("")


def test_vectors_have_length_one_and_the_promised_shape(embedder):
    vectors = embedder.embed(["A commons charter.", "", "word " * 5000, "\0 \U0001f331"])
    assert vectors.shape == (4, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_texts_give_no_vectors(embedder):
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_a_query_is_one_vector(embedder):
    assert embedder.embed_query("who owns the land").shape == (embedder.dimensions,)


def test_meaning_is_close(embedder):
    near, far = embedder.embed(["The company belongs to no outside investor.", "Bread rises better in a warm kitchen."])
    asked = embedder.embed_query("a firm that is not owned by shareholders")
    assert asked @ near > asked @ far + 0.2


def test_order_is_kept_whatever_the_lengths(embedder):
    texts = ["a long text about sharing water " * 20, "fish", "a text about money " * 5]
    together = embedder.embed(texts)
    assert all(together[place] @ embedder.embed([text])[0] > 0.98 for place, text in enumerate(texts))


def test_the_packaged_model_can_be_asked_for_by_its_name(embedder):
    named = Embedder(PACKAGED_NAME)
    assert (named.name, named.dimensions) == (embedder.name, embedder.dimensions)
    assert named.embed_query("water") @ embedder.embed_query("water") > 0.99


def test_a_model_that_cannot_be_loaded_is_a_sentence_and_not_asked_for_again_at_once(tmp_path):
    gone = Embedder(str(tmp_path / "gone"))
    with pytest.raises(BackendError, match="could not be loaded") as first:
        gone.embed_query("water")
    with pytest.raises(BackendError) as second:
        gone.embed_query("water")
    assert first.value is second.value
    assert not gone.ready


class Nameless:
    """An embedder that knows one model only."""

    name, dimensions, ready = "nameless", 3, True


def test_another_model_of_the_configured_kind_is_made_by_name_and_kept(settings):
    settings.EMBEDDER, settings.EMBEDDING_MODEL = "tests.factories.embedders.SharedWords", ""
    backends.forget("embedder")
    other = backends.embedder("another")
    assert other.name == "another"
    assert backends.embedder("another") is other
    assert backends.embedder("shared-words") is backends.load("embedder")
    backends.forget("embedder")
    assert backends.embedder("another") is not other
    backends.forget("embedder")


def test_a_kind_that_knows_one_model_only_says_so(settings):
    settings.EMBEDDER = "tests.contracts.test_embedder.Nameless"
    backends.forget("embedder")
    with pytest.raises(BackendError, match="embeds by no other model"):
        backends.embedder("another")
    backends.forget("embedder")
