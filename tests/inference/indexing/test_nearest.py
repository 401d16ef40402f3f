"""Many questions at once find what PostgreSQL finds for each."""

import numpy as np
import pytest
from pgvector import HalfVector
from pgvector.django import CosineDistance

from inference import indexing
from inference.backends import load
from inference.indexing import nearest
from inference.models import IndexGeneration, Passage
from tests.factories.library import make_pattern

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library_home")]


def test_it_finds_what_the_database_finds(embedding_by, monkeypatch):
    embedding_by()
    monkeypatch.setattr(nearest, "CHUNK", 7)
    for number in range(30):
        make_pattern(
            f"Place {number}", f"## Solution\n\n{'word ' * (number + 1)} bay {number} {number % 7}.\n", summary=""
        )
    indexing.follow()
    asked = np.array([load("embedder").embed_query(text) for text in ("bay 3", "place 12", "word word 5")])
    found = nearest.nearest(IndexGeneration.objects.get(), asked, limit=5)
    for query, hits in zip(asked, found, strict=True):
        rows = Passage.objects.annotate(distance=CosineDistance("embedding", HalfVector(query.tolist())))
        wanted = list(rows.order_by("distance", "pk").values_list("distance", flat=True)[:5])
        assert [1 - hit.score for hit in hits] == pytest.approx(wanted, abs=2e-3)
        assert len({hit.passage_id for hit in hits}) == 5


def test_nothing_is_found_in_an_empty_generation():
    generation = IndexGeneration.objects.create(recipe="r", model="m", dimensions=3)
    assert nearest.nearest(generation, np.zeros((2, 3), dtype=np.float32), limit=5) == [[], []]
