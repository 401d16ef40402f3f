"""Vectors are made newest first, in batches of like length, and a passage that cannot have one stops no other."""

import numpy as np
import pytest

from inference import indexing
from inference.backends import BackendError, load
from inference.indexing import embedding, generations, runs, vectors
from inference.models import IndexGeneration, Passage
from tests.factories.embedders import Broken, SharedWords, Squeamish
from tests.factories.library import make_pattern

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library_home")]


def written(*bodies):
    """Patterns of these bodies, cut and worded but not embedded."""
    for number, body in enumerate(bodies):
        make_pattern(f"Thing {number}", body, summary="")
    generation = generations.live_or_first()
    runs.Run(generation, None).write()
    return generation


def embedded():
    return set(Passage.objects.exclude(embedding=None).values_list("text", flat=True))


def many(count, word="text"):
    return "".join(f"## Part {number}\n\nSome {word} of part {number}.\n\n" for number in range(count))


def test_the_newest_passages_are_embedded_first(embedding_by):
    embedding_by()
    generation = written(many(3 * embedding.FRESH, "old"), many(5, "new"))
    embedding.embed_some(generation, seconds=0)
    assert {f"Some new of part {number}." for number in range(5)} <= embedded()
    assert len(embedded()) < 3 * embedding.FRESH


def test_what_comes_meanwhile_goes_first(embedding_by, monkeypatch):
    embedding_by()
    monkeypatch.setattr(embedding, "SMALLEST", 8)
    monkeypatch.setattr(embedding, "LARGEST", 8)
    generation = written(many(200, "old"))
    run = embedding.Embedding(generation)
    run.some(seconds=0)
    make_pattern("News", "## Context\n\nHeralds shout.\n", summary="")
    runs.Run(generation, None).write()
    run.some(seconds=0)
    run.finish()
    assert "Heralds shout." in embedded()
    assert len(embedded()) < 150


def test_every_passage_is_embedded_once_whatever_comes_meanwhile(embedding_by, monkeypatch):
    embedding_by()
    monkeypatch.setattr(embedding, "AHEAD", 30)
    seen = []
    true = SharedWords.embed
    monkeypatch.setattr(SharedWords, "embed", lambda self, texts: seen.extend(texts) or true(self, texts))
    generation = written(many(150))
    run, done = embedding.Embedding(generation), 0
    for number in range(3):
        done += run.some(seconds=0)
        make_pattern(f"News {number}", many(70, f"news{number}"), summary="")
        runs.Run(generation, None).write()
    while more := run.some(seconds=0.05):
        done += more
    assert done == Passage.objects.count() == len(seen) == len(set(seen)) == 360
    assert embedding.count_waiting(generation) == 0


def test_vectors_are_those_of_the_passage_under_its_names(embedding_by):
    embedding_by()
    generation = written("## Context\n\nFishers share a bay.\n")
    embedding.embed_some(generation, seconds=1)
    kept = np.array(Passage.objects.get().embedding)
    assert kept @ load("embedder").embed_query("Thing 0: Context\nFishers share a bay.") > 0.9999


def test_a_passage_that_cannot_be_embedded_is_marked_and_stops_no_other(embedding_by):
    embedding_by("Squeamish")
    make_pattern("Garden", many(40) + "## Beds\n\nThis is poison.\n\n## Paths\n\nA nan of gravel.\n", summary="")
    report = indexing.follow()
    assert (report.failed, Passage.objects.exclude(embedding=None).count()) == (2, 40)
    said = dict(Passage.objects.exclude(problem="").values_list("section", "problem"))
    assert said["Beds"] == "ValueError: a text of this batch is poison"
    assert "no direction" in said["Paths"]
    state = indexing.index_state()
    assert (state.not_embedded, state.failed) == (0, 2)
    assert "2 passages cannot be embedded" in state.problem
    assert "Garden" in state.problem


def test_what_failed_is_tried_again_when_asked(embedding_by):
    embedding_by("Squeamish")
    make_pattern("Garden", "## Beds\n\nThis is poison.\n", summary="")
    indexing.follow()
    embedding_by("SharedWords")
    IndexGeneration.objects.update(recipe=generations.configured_recipe())
    assert indexing.follow().embedded == 0
    report = indexing.follow(again=True)
    assert (report.embedded, indexing.index_state().failed) == (1, 0)


def test_an_embedder_that_is_broken_marks_nothing_and_says_so(embedding_by):
    embedding_by("Broken")
    make_pattern("Garden", many(3), summary="")
    report = indexing.follow()
    assert "cannot embed just now: the model is gone" in report.problem
    assert not Passage.objects.exclude(problem="").exists()
    state = indexing.index_state()
    assert state.not_embedded == 3
    assert "the model is gone" in state.problem
    embedding_by("SharedWords")
    assert indexing.follow().embedded == 3
    assert indexing.index_state().problem == ""


def test_halves_find_the_bad_texts_among_good_ones():
    texts = [f"text {number}" for number in range(20)]
    texts[3] = texts[17] = "poison"
    found = vectors.vectors_or_problems(Squeamish(), texts)
    assert [number for number, one in enumerate(found) if isinstance(one, str)] == [3, 17]
    assert np.allclose(found[4], SharedWords().embed_query("text 4"))


def test_a_broken_embedder_is_told_from_a_bad_text():
    with pytest.raises(BackendError, match="the model is gone"):
        vectors.vectors_or_problems(Broken(), ["a", "b"])


def test_vectors_of_another_length_are_refused(embedding_by):
    embedding_by()
    generation = written(many(2))
    generation.dimensions = 100
    with pytest.raises(BackendError, match="--rebuild"):
        embedding.embed_some(generation, seconds=1)


def test_the_row_keeps_the_pace(embedding_by, monkeypatch):
    embedding_by("Slow")
    monkeypatch.setattr(runs, "SAY", 0)
    monkeypatch.setattr("inference.indexing.pace.SHORTEST", 0)
    generation = written(many(300))
    run = runs.Run(generation, None)
    for _ in range(2):
        run.embed(seconds=0.3)
    state = indexing.index_state()
    assert 20 < state.per_second < 110
    assert state.seconds_left == pytest.approx(state.not_embedded / state.per_second, abs=2)
    assert "left" in state.problem


def test_a_text_that_another_index_of_the_model_embedded_meanwhile_is_not_embedded_again(embedding_by):
    embedding_by()
    live = written(many(40))
    beside = generations.make()
    runs.Run(beside, None, quietly=True).write()
    while embedding.embed_some(live, seconds=1):
        pass
    embedding_by("Broken")
    assert embedding.embed_some(beside, seconds=1) == 0
    assert embedding.count_waiting(beside) == 0
    same = Passage.objects.filter(position=3).order_by("generation")
    assert same[0].embedding == same[1].embedding
