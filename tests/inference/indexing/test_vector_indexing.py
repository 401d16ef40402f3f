"""The index of vectors is built in a thread of its own, while whoever waits for it goes on serving."""

import pytest

from inference.indexing import nearness
from inference.indexing.vector_indexing import VectorIndexing
from inference.models import IndexGeneration, Passage
from tests.factories.library import make_pattern

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def generation(monkeypatch):
    """A live generation that is large, of which one passage has no vector yet."""
    monkeypatch.setattr(nearness, "LARGE", 3)
    made = IndexGeneration.objects.create(recipe="r", model="m", dimensions=2, live=True)
    pattern = make_pattern("Well")
    for position in range(4):
        Passage.objects.create(
            generation=made, pattern=pattern, revision=pattern.current, position=position, start=0, end=1, text="x",
            sha256="x", embedding=[1.0, position] if position else None,
        )  # fmt: skip
    return made


def test_what_is_live_and_large_is_indexed_while_others_are_served(generation):
    indexing, served = VectorIndexing(), []
    indexing.begin(generation)
    indexing.wait(meanwhile=lambda: served.append(Passage.objects.count()))
    assert nearness.exists(generation)
    assert served


def test_a_second_look_soon_after_the_first_costs_nothing(generation, django_assert_num_queries):
    indexing = VectorIndexing()
    Passage.objects.all().delete()
    indexing.begin_now_and_then(generation)
    with django_assert_num_queries(0):
        indexing.begin_now_and_then(generation)


def test_what_is_there_is_not_built_again(generation):
    indexing, served = VectorIndexing(), []
    indexing.begin(generation)
    indexing.wait(meanwhile=list)
    indexing.begin(generation)
    indexing.wait(meanwhile=lambda: served.append("again"))
    assert served == []
