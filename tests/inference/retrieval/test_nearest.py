"""The nearest passages are those a naive reading of every vector finds, with and without an index, however narrow."""

import numpy as np
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inference.indexing import nearness
from inference.models import IndexGeneration, Passage
from inference.retrieval import nearest
from inference.retrieval.filters import Narrowing
from tests.factories.library import make_lighthouse, make_pattern

pytestmark = pytest.mark.django_db

DIMENSIONS = 16
PATTERNS = 40
EACH = 8
ANYTHING = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)


@pytest.fixture
def vectors():
    """By passage, its vector and its owner: clusters of passages around each pattern, and a lighthouse's own."""
    random = np.random.default_rng(7)
    generation = IndexGeneration.objects.create(recipe="r", model="m", dimensions=DIMENSIONS, live=True)
    things = [make_pattern(f"Pattern {number}") for number in range(PATTERNS)]
    things.append(make_lighthouse("Wellstead"))
    rows, known = [], []
    for thing in things:
        centre = random.standard_normal(DIMENSIONS)
        for position in range(EACH):
            vector = centre + 0.5 * random.standard_normal(DIMENSIONS)
            vector /= np.linalg.norm(vector)
            kind = "lighthouse" if thing is things[-1] else "pattern"
            common = {"generation": generation, "revision": thing.current, kind: thing, "sha256": "x", "text": "x"}
            rows.append(Passage(**common, position=position, start=0, end=1, embedding=vector.tolist()))
            known.append((f"{kind[0]}{thing.pk}", vector))
    made = Passage.objects.bulk_create(rows)
    connection.check_constraints()  # PostgreSQL builds no index over rows whose references are still to be checked
    return generation, {row.pk: each for row, each in zip(made, known, strict=True)}


def naive(known, asked, limit, narrow=None):
    admitted = [(pk, vector) for pk, (owner, vector) in known.items() if narrow is None or narrow.admits(owner)]
    return sorted((-float(vector @ asked), pk) for pk, vector in admitted)[:limit]


def asked_vector(seed):
    vector = np.random.default_rng(seed).standard_normal(DIMENSIONS)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def patterns_of(known):
    return sorted({int(owner[1:]) for owner, _ in known.values() if owner[0] == "p"})


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize("few", [0, 600])
def test_as_a_naive_reading_finds_them(vectors, indexed, few, monkeypatch):
    """With `few` at 0 the index is read for every narrowing, and what it misses is read exactly."""
    generation, known = vectors
    monkeypatch.setattr(nearest, "FEW", few)
    if indexed:
        monkeypatch.setattr(nearness, "LARGE", 1)
        assert nearness.ensure(generation)
    everyone = patterns_of(known)

    @ANYTHING
    @given(st.integers(0, 10_000), st.integers(1, 60), st.none() | st.sets(st.sampled_from(everyone)), st.booleans())
    def check(seed, limit, patterns, lighthouses):
        narrow = Narrowing(None if patterns is None else frozenset(patterns), lighthouses)
        asked = asked_vector(seed)
        found = nearest.near(asked, limit=limit, generation=generation, narrow=narrow).nearest
        expected = naive(known, asked, limit, narrow)
        assert len(found) == len(expected)
        assert [one.cosine for one in found] == pytest.approx([-score for score, _ in expected], abs=2e-3)
        assert all(one.owner == known[one.passage_id][0] and narrow.admits(one.owner) for one in found)

    check()


def test_others_are_read_with_their_cosines_beside_the_nearest(vectors):
    generation, known = vectors
    asked = asked_vector(1)
    order = [pk for _, pk in naive(known, asked, 1000)]
    of = int(known[order[-1]][0][1:])
    found = nearest.near(asked, limit=3, generation=generation, also=[order[100]], of=[of])
    assert [one.passage_id for one in found.nearest] == order[:3]
    expected = {order[100], *(pk for pk, (owner, _) in known.items() if owner == f"p{of}")}
    assert {one.passage_id for one in found.others} == expected
    for one in found.others:
        assert one.cosine == pytest.approx(float(known[one.passage_id][1] @ asked), abs=2e-3)


def test_without_a_vector_what_is_asked_for_by_name_is_still_found(vectors):
    generation, known = vectors
    some = next(iter(known))
    found = nearest.near(None, limit=5, generation=generation, also=[some])
    assert (found.nearest, [(one.passage_id, one.cosine) for one in found.others]) == ((), [(some, None)])


def test_the_index_is_read_where_it_is_and_not_where_few_are_admitted(vectors, monkeypatch):
    generation, _ = vectors
    monkeypatch.setattr(nearness, "LARGE", 1)
    nearness.ensure(generation)

    def plan(narrow, *, exactly):
        statement = nearest._statement(asked_vector(2), generation, narrow, exactly=exactly, others=False)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            cursor.execute("EXPLAIN " + statement.rpartition(";")[2], {"limit": 5, "patterns": [1]})
            return " ".join(row for (row,) in cursor.fetchall())

    assert nearness.index_name(generation) in plan(None, exactly=False)
    assert nearness.index_name(generation) not in plan(Narrowing(frozenset([1]), lighthouses=False), exactly=True)


def test_an_index_is_built_once_for_what_is_large_and_whole(vectors, monkeypatch):
    generation, known = vectors
    generation.live = False
    assert not nearness.ensure(generation)  # small
    monkeypatch.setattr(nearness, "LARGE", 100)
    waiting = Passage.objects.filter(pk=next(iter(known)))
    vector = waiting.get().embedding
    waiting.update(embedding=None)
    assert not nearness.ensure(generation)  # not whole
    waiting.update(embedding=vector)
    connection.check_constraints()
    assert nearness.ensure(generation)
    assert nearness.exists(generation)
    assert not nearness.ensure(generation)  # there is one


def test_what_people_search_is_indexed_before_it_is_whole(vectors, monkeypatch):
    generation, known = vectors
    monkeypatch.setattr(nearness, "LARGE", 100)
    Passage.objects.filter(pk=next(iter(known))).update(embedding=None)
    assert generation.live
    connection.check_constraints()
    assert nearness.ensure(generation)


def test_vectors_that_are_not_there_yet_do_not_count(vectors, monkeypatch):
    generation, known = vectors
    monkeypatch.setattr(nearness, "LARGE", len(known))
    Passage.objects.filter(pk=next(iter(known))).update(embedding=None)
    assert not nearness.is_due(generation)


def test_the_index_of_a_generation_that_is_gone_goes_too(vectors, monkeypatch):
    generation, _ = vectors
    monkeypatch.setattr(nearness, "LARGE", 1)
    old = IndexGeneration(pk=generation.pk + 1000, dimensions=DIMENSIONS)
    nearness._build(old, memory=64, workers=0)
    assert nearness.exists(old)
    nearness.ensure(generation)
    assert not nearness.exists(old)
    assert nearness.exists(generation)
