"""The index holds the library as it is published, and nothing of it is made twice."""

import time

import pytest

from inference import indexing
from inference.backends import load
from inference.indexing import embedding, sync
from inference.indexing.locking import only_indexer
from inference.models import Answer, Citation, IndexedRevision, IndexGeneration, Passage, Question
from patterns.enums import PublicationState
from patterns.models import Cursor
from tests.factories.library import add_revision, make_lighthouse, make_pattern

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library_home")]

BODY = "## Context\n\nFishers share a bay and its fish.\n\n## Solution\n\nThey agree on who may fish when.\n"


def texts(thing):
    passages = Passage.objects.filter(revision=thing.current, current=True).order_by("position")
    return list(passages.values_list("text", flat=True))


def found(query):
    ids = [pk for pk, _ in load("words").search(query, limit=10)]
    return set(Passage.objects.filter(pk__in=ids, current=True).values_list("text", flat=True))


def test_a_published_pattern_is_cut_worded_and_embedded():
    bay = make_pattern("Shared bay", BODY)
    report = indexing.follow()
    assert (report.things, report.passages, report.embedded) == (1, 3, 3)
    assert texts(bay) == [
        "Shared bay in one sentence.",
        "Fishers share a bay and its fish.",
        "They agree on who may fish when.",
    ]
    assert found("fishers") == {"Fishers share a bay and its fish."}
    assert not Passage.objects.filter(embedding=None).exists()


def test_a_lighthouse_is_indexed_too():
    house = make_lighthouse("Buurtzorg", "## Story\n\nNurses decide by themselves.\n", description="Care at home.")
    indexing.follow()
    assert texts(house) == ["Care at home.", "Nurses decide by themselves."]


def test_passages_point_at_their_place_in_the_body():
    bay = make_pattern("Shared bay", BODY)
    indexing.follow()
    passage = Passage.objects.get(revision=bay.current, section="Solution")
    assert bay.current.body[passage.start : passage.end] == passage.text
    assert passage.anchor == "solution"


def test_a_second_run_changes_nothing():
    make_pattern("Shared bay", BODY)
    indexing.follow()
    before = set(Passage.objects.values_list("pk", flat=True))
    assert str(indexing.follow()) == ""
    assert set(Passage.objects.values_list("pk", flat=True)) == before


def test_a_new_revision_replaces_the_old_one_and_keeps_vectors_of_equal_texts():
    bay = make_pattern("Shared bay", BODY)
    indexing.follow()
    add_revision(bay, BODY.replace("when", "when and where"))
    report = indexing.follow()
    assert (report.passages, report.embedded) == (3, 1)
    assert found("fishers agree where") >= {"They agree on who may fish when and where."}
    assert Passage.objects.count() == 3


def test_a_retired_pattern_leaves_the_index():
    bay = make_pattern("Shared bay", BODY)
    indexing.follow()
    bay.state = PublicationState.RETIRED
    bay.save()
    indexing.follow()
    assert Passage.objects.count() == 0
    assert load("words").count() == 0


def test_a_restored_pattern_comes_back():
    bay = make_pattern("Shared bay", BODY, state=PublicationState.RETIRED)
    indexing.follow()
    bay.state = PublicationState.PUBLISHED
    bay.save()
    indexing.follow()
    assert found("fishers")


def test_a_cited_passage_stays_but_is_no_longer_searched():
    bay = make_pattern("Shared bay", BODY)
    indexing.follow()
    cited = Passage.objects.get(section="Solution")
    answer = Answer.objects.create(question=Question.objects.create(text="Who may fish?"))
    Citation.objects.create(
        answer=answer, number=1, passage=cited, revision=bay.current, start=cited.start, end=cited.end, quote=cited.text
    )
    add_revision(bay, "## Context\n\nThe bay is closed.\n")
    indexing.follow()
    cited.refresh_from_db()
    assert not cited.current
    assert found("agree who may fish") == set()


def test_words_are_found_before_vectors_are_made(monkeypatch):
    seen = []
    monkeypatch.setattr(embedding.Embedding, "some", lambda *_, **__: seen.append(found("fishers")) or 0)
    make_pattern("Shared bay", BODY)
    indexing.follow()
    assert seen == [{"Fishers share a bay and its fish."}]


def test_words_alone_can_be_written_and_vectors_follow_later():
    make_pattern("Shared bay", BODY)
    assert (indexing.follow(embed=False).passages, indexing.index_state().not_embedded) == (3, 3)
    assert found("fishers") == {"Fishers share a bay and its fish."}
    assert indexing.follow().embedded == 3


def test_what_is_published_during_a_long_embedding_is_written_before_it_goes_on(monkeypatch):
    """The one stand-in here is slow time: each slice embeds one batch, and a publication arrives in the first."""
    true_slice, slices = embedding.Embedding.some, []

    def one_slice(self, *, seconds):
        if not slices:
            make_pattern("Late news", "## Context\n\nHeralds shout.\n")
        slices.append(set(found("heralds")))
        return true_slice(self, seconds=0)

    monkeypatch.setattr(embedding.Embedding, "some", one_slice)
    make_pattern("Shared bay", BODY)
    indexing.follow()
    assert slices[0] == set()
    assert slices[1] == {"Heralds shout."}


def test_a_run_that_died_is_taken_up_where_it_was(monkeypatch):
    make_pattern("Shared bay", BODY)
    with monkeypatch.context() as patch:
        patch.setattr(embedding.Embedding, "some", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            indexing.follow()
    report = indexing.follow()
    assert (report.things, report.embedded) == (0, 3)


@pytest.mark.django_db(transaction=True)
def test_only_one_process_indexes():
    make_pattern("Shared bay", BODY)
    with only_indexer() as alone:
        assert alone
        assert indexing.follow().busy
    assert indexing.follow().things == 1


@pytest.mark.django_db(transaction=True)
def test_the_log_has_been_read_to_its_end():
    make_pattern("Shared bay", BODY)
    end = time.monotonic() + 100  # a reader stops at the oldest transaction of the server, also of another test run's
    while not Cursor.objects.filter(name="index").exists() and time.monotonic() < end:
        indexing.follow()
        time.sleep(0.1)
    assert indexing.index_state().changes_behind == 0


def test_a_rebuild_makes_another_generation_without_embedding_again():
    make_pattern("Shared bay", BODY)
    indexing.follow()
    first = IndexGeneration.objects.get(live=True)
    report = indexing.rebuild()
    assert (report.passages, report.embedded, report.refused) == (3, 0, "")
    assert IndexGeneration.objects.get(live=True).pk != first.pk
    assert found("fishers")


def test_a_lost_word_index_is_filled_again():
    make_pattern("Shared bay", BODY)
    indexing.follow()
    load("words").clear()
    assert indexing.index_state().words_behind
    indexing.follow()
    assert found("fishers")


def test_another_machine_catches_up_from_its_own_place(settings, tmp_path):
    from inference.backends.tantivy import Words
    from inference.indexing import words

    bay = make_pattern("Shared bay", BODY)
    indexing.follow()
    other = Words(tmp_path / "other")
    from inference import backends

    backends._loaded["words"], mine = other, backends._loaded["words"]
    generation = IndexGeneration.objects.get()
    assert words.follow(generation) == 1
    backends._loaded["words"] = mine
    add_revision(bay, "## Context\n\nA new wharf.\n")
    make_pattern("Other", "## Context\n\nSomething else.\n")
    indexing.follow()
    backends._loaded["words"] = other
    assert words.follow(generation) == 2
    assert found("wharf") == {"A new wharf."}
    assert found("fishers") == set()


def test_a_word_index_keeps_what_it_has_when_the_generation_it_was_to_follow_is_gone():
    from inference.indexing import words

    make_pattern("Shared bay", BODY)
    indexing.follow()
    gone = IndexGeneration(pk=IndexGeneration.objects.get().pk + 1)
    assert words.follow(gone) == 0
    assert found("fishers")


def test_the_state_says_what_is_missing():
    assert "Nothing is indexed" in indexing.index_state().problem
    make_pattern("Shared bay", BODY)
    sync.generations.live_or_first()
    assert "1 entries are not indexed" in indexing.index_state().problem
    indexing.follow()
    state = indexing.index_state()
    assert (state.problem, state.passages, state.words, state.not_embedded) == ("", 3, 3, 0)


def test_an_index_by_another_recipe_says_that_the_new_one_is_coming():
    make_pattern("Shared bay", BODY)
    indexing.follow()
    IndexGeneration.objects.update(recipe="passages 0, an older model")
    assert "builds the new one" in indexing.index_state().problem


def test_versions_tell_which_revision_is_held():
    bay = make_pattern("Shared bay", BODY)
    indexing.follow()
    add_revision(bay, "## Context\n\nA new wharf.\n")
    indexing.follow()
    row = IndexedRevision.objects.get()
    assert (row.revision, row.key, row.version) == (bay.current, f"p{bay.pk}", 2)
