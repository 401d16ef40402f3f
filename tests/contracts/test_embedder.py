"""Every embedder gives unit vectors in which texts of one meaning lie close."""

import numpy as np
import pytest

from inference.backends.sentence_transformer import Embedder


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
