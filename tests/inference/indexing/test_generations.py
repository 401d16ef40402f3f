"""A change of model is built beside the live index, judged, swapped in and taken back; searching never stops."""

import pytest

from inference import indexing, retrieval
from inference.backends import load
from inference.indexing import gate, generations, indexer, runs, swapping, words
from inference.models import Answer, Citation, IndexGeneration, Passage, Question
from tests.factories.library import add_revision, make_pattern

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library_home")]

STATES = IndexGeneration.State
TITLES = ["Shared bay", "Steward ownership", "Seed library", "Repair café", "Land trust", "Tool pool"]


@pytest.fixture
def library(embedding_by):
    """Six patterns in an index by model a; the next run is to embed by model b."""
    embedding_by(model="model a")
    for title in TITLES:
        make_pattern(title, f"## Solution\n\n{title} is kept by the people who use it, season after season.\n")
    indexing.follow()
    embedding_by(model="model b")


def states():
    return {one.model: one.state for one in IndexGeneration.objects.all()}


def found(query):
    return [one.slug for one in retrieval.search(query, limit=3, one_each=True).evidence]


class Killed(Exception):
    """What a kill looks like from inside: nothing after it happens."""


def die(**_):
    raise Killed


def slices_until(monkeypatch, number, act):
    """Call `act` after the new generation has been embedded for `number` slices; stop there where it raises."""
    true, counted = runs.Run.embed, []

    def embed(self, **options):
        done = true(self, **options)
        if self.quietly and len(counted) < number:
            counted.append(done)
            if len(counted) == number:
                act()
        return done

    monkeypatch.setattr(runs.Run, "embed", embed)


def test_a_change_of_model_needs_no_command(library):
    report = indexing.follow()
    assert "is live" in report.swapped
    assert states() == {"model a": STATES.PREVIOUS, "model b": STATES.LIVE}
    assert (report.passages, report.embedded) == (12, 12)
    assert found("Seed library")[0] == "seed-library"
    assert str(indexing.follow()) == ""


def test_a_change_of_chunking_needs_no_command_and_embeds_nothing_again(embedding_by, library, monkeypatch):
    embedding_by(model="model a")
    monkeypatch.setattr("inference.indexing.chunking.VERSION", 1000)
    report = indexing.follow()
    assert "is live" in report.swapped
    assert (report.passages, report.embedded) == (12, 0)


def test_questions_are_embedded_by_the_live_model_until_the_swap(library, monkeypatch):
    seen = []
    slices_until(monkeypatch, 1, lambda: seen.append((generations.live().model, found("Seed library")[0])))
    indexing.follow()
    assert seen == [("model a", "seed-library")]
    assert generations.live_model() == "model b"


def test_a_publication_during_the_build_is_in_both(library, monkeypatch):
    seen = []

    def publish():
        make_pattern("Night market", "## Solution\n\nLanterns and noodles after dark.\n")

    def look():
        seen.append(found("lanterns noodles"))

    slices_until(monkeypatch, 1, publish)
    monkeypatch.setattr(gate, "count", lambda *args, _true=gate.count, **named: look() or _true(*args, **named))
    assert "is live" in indexing.follow().swapped
    assert seen[0][0] == "night-market"
    assert found("lanterns noodles")[0] == "night-market"
    old = IndexGeneration.objects.get(model="model a")
    assert old.passages.filter(pattern__slug="night-market", embedding__isnull=False).exists()


def test_a_publication_during_the_judgment_is_served_and_not_lost(library, monkeypatch):
    monkeypatch.setattr(indexer, "SLICE", 0)
    calls, seen = [], []

    def place(*args, _true=gate.trials.place):
        calls.append(args)
        if len(calls) == 1:
            make_pattern("Night market", "## Solution\n\nLanterns and noodles after dark.\n")
        elif len(calls) == 6:
            seen.extend(found("lanterns noodles"))
        return _true(*args)

    monkeypatch.setattr(gate.trials, "place", place)
    assert "is live" in indexing.follow().swapped
    assert seen[0] == "night-market"
    assert found("lanterns noodles")[0] == "night-market"


@pytest.mark.parametrize("number", [1, 2])
def test_a_killed_build_is_taken_up(library, monkeypatch, number):
    with monkeypatch.context() as patch:
        slices_until(patch, number, die)
        with pytest.raises(Killed):
            indexing.follow()
    assert states() == {"model a": STATES.LIVE, "model b": STATES.BUILDING}
    begun = IndexGeneration.objects.get(model="model b")
    assert "is live" in indexing.follow().swapped
    assert generations.live() == begun
    assert begun.passages.count() == 12


def test_a_killed_swap_is_taken_up(library, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(swapping, "tidy", die)
        with pytest.raises(Killed):
            indexing.follow()
    assert states() == {"model a": STATES.PREVIOUS, "model b": STATES.LIVE}
    assert str(indexing.follow()) == ""
    assert found("Seed library")[0] == "seed-library"


def test_a_build_that_is_no_longer_wanted_is_dropped(embedding_by, library, monkeypatch):
    with monkeypatch.context() as patch:
        slices_until(patch, 1, die)
        with pytest.raises(Killed):
            indexing.follow()
    embedding_by(model="model a")
    indexing.follow()
    assert states() == {"model a": STATES.LIVE}


def test_an_index_that_finds_less_is_refused_and_kept_beside(embedding_by, library):
    embedding_by("Meaningless", "meaningless")
    report = indexing.follow()
    assert "refused, because it finds less" in report.refused
    assert states() == {"model a": STATES.LIVE, "meaningless": STATES.REFUSED}
    kept = IndexGeneration.objects.get(model="meaningless")
    assert kept.gate["new"]["mrr_meaning"] < kept.gate["live"]["mrr_meaning"] - 0.3
    assert set(kept.gate["kinds"]) == {"title", "summary"}
    assert "--force" in indexing.index_state().problem
    assert str(indexing.follow()) == "", "it must not be built again by itself"
    assert "now" in indexing.take_refused().swapped
    assert states() == {"model a": STATES.PREVIOUS, "meaningless": STATES.LIVE}


def test_force_takes_a_worse_index(embedding_by, library):
    embedding_by("Meaningless", "meaningless")
    report = indexing.rebuild(force=True)
    assert report.swapped.startswith("Taken all the same.")
    assert generations.live().model == "meaningless"


def test_one_can_go_back_and_finds_what_was_published_since(library):
    indexing.follow()
    make_pattern("Night market", "## Solution\n\nLanterns and noodles after dark.\n")
    indexing.follow()
    report = indexing.roll_back()
    assert "model a" in report.swapped
    assert states() == {"model a": STATES.LIVE, "model b": STATES.REFUSED}
    assert found("lanterns noodles")[0] == "night-market"
    assert not Passage.objects.filter(generation__live=True, embedding=None).exists()
    assert str(indexing.follow()) == "", "what was taken back must not come again by itself"
    assert "Taken back" in indexing.index_state().problem


def test_there_is_nothing_to_go_back_to_at_first(embedding_by):
    embedding_by()
    make_pattern("Shared bay")
    indexing.follow()
    assert indexing.roll_back().problem == "There is no other index to take."


def test_only_the_last_index_is_kept_to_go_back_to(embedding_by, library):
    indexing.follow()
    embedding_by(model="model c")
    indexing.follow()
    assert states() == {"model b": STATES.PREVIOUS, "model c": STATES.LIVE}
    assert indexing.prune().removed == 1
    assert states() == {"model c": STATES.LIVE}


def test_what_was_taken_back_is_not_built_again_after_a_clearing(library):
    indexing.follow()
    indexing.roll_back()
    assert indexing.prune().removed == 1
    assert Passage.objects.count() == 12
    assert str(indexing.follow()) == ""
    assert generations.live().model == "model a"
    assert indexing.take_refused().embedded == 12, "what was cleared away is made anew when it is wanted after all"


def test_what_answers_cite_outlives_its_generation(embedding_by, library):
    cited = Passage.objects.filter(section="Solution").first()
    answer = Answer.objects.create(question=Question.objects.create(text="Who keeps it?"))
    Citation.objects.create(
        answer=answer,
        number=1,
        passage=cited,
        revision=cited.revision,
        start=cited.start,
        end=cited.end,
        quote=cited.text,
    )
    indexing.follow()
    indexing.prune()
    cited.refresh_from_db()
    assert (cited.generation.state, cited.generation.passages.count()) == (STATES.RETIRED, 1)
    assert cited.pk not in {one.passage_id for one in retrieval.search("season").evidence}


def test_a_search_by_words_goes_on_while_a_snapshot_is_filled_anew(library, monkeypatch):
    monkeypatch.setattr(words, "follow", lambda _: 0)  # a machine that has not come to it yet
    monkeypatch.setattr("inference.retrieval.hybrid.vector.search", lambda *_, **__: [])
    assert "is live" in indexing.follow().swapped
    assert words.lag(generations.live()) is words.Lag.ANOTHER
    assert found("Seed library")[0] == "seed-library"


def test_a_search_that_a_swap_overtakes_is_made_again(library, monkeypatch):
    swaps = []

    def authorise(*args, _true=retrieval.evidence.authorise, **named):
        if not swaps:
            swaps.append(indexing.follow().swapped)
        return _true(*args, **named)

    monkeypatch.setattr(retrieval.evidence, "authorise", authorise)
    assert found("Seed library")[0] == "seed-library"
    assert "is live" in swaps[0]


def test_a_model_that_is_gone_leaves_words_and_says_so(library, embedding_by, monkeypatch):
    embedding_by("Broken", "model a")
    add_revision(make_pattern("Night market"), "## Solution\n\nLanterns and noodles after dark.\n")
    report = indexing.follow()
    assert "cannot embed just now" in report.problem
    assert load("words").search("lanterns", limit=5)
    assert "cannot embed just now" in indexing.index_state().problem


def test_a_new_index_that_cannot_be_built_leaves_the_live_one(library, embedding_by):
    embedding_by("Broken", "model c")
    report = indexing.follow()
    assert "the model is gone" in report.problem
    assert states() == {"model a": STATES.LIVE, "model c": STATES.BUILDING}
    assert "cannot be built" in indexing.index_state().problem


def test_a_rebuild_by_the_same_recipe_keeps_the_old_one_to_go_back_to(embedding_by, library):
    embedding_by(model="model a")
    before = generations.live()
    assert indexing.rebuild().embedded == 0
    assert generations.live() != before
    assert swapping.previous() == before
    assert Passage.objects.filter(generation__live=True).count() == 12
