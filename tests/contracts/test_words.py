"""Every word index ranks by words, takes any query, and holds exactly what it was last given."""

from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inference.backends import WordsPassage

BACKENDS = ["inference.backends.tantivy"]


@pytest.fixture(params=BACKENDS)
def make(request, tmp_path):
    module = import_module(request.param)
    return lambda: module.Words(tmp_path / "words")


@pytest.fixture
def words(make):
    index = make()
    index.replace(
        {
            "p1": [
                WordsPassage(1, "Steward ownership", "Context", "A company that owns itself keeps its purpose."),
                WordsPassage(2, "Steward ownership", "Solution", "Voting shares are held by stewards in trust."),
            ],
            "l1": [WordsPassage(3, "Buurtzorg", "", "Nurses decide about their neighbourhood by themselves.")],
        },
        mark="1",
    )
    return index


def ids(index, query, limit=10):
    return [found for found, _ in index.search(query, limit=limit)]


def test_the_passage_with_the_asked_words_comes_first(words):
    assert ids(words, "who holds the voting shares")[0] == 2


def test_other_forms_of_a_word_are_found(words):
    assert ids(words, "a nurse deciding")[0] == 3


def test_a_title_is_found(words):
    assert ids(words, "buurtzorg") == [3]


def test_scores_fall_and_are_positive(words):
    scores = [score for _, score in words.search("steward purpose trust nurse", limit=10)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_a_limit_is_kept(words):
    assert len(ids(words, "steward ownership nurses", limit=1)) == 1


def test_only_chosen_things_are_found_with_the_same_scores(words):
    everything = dict(words.search("steward purpose nurses", limit=10))
    only = dict(words.search("steward purpose nurses", limit=10, only={"l1", "p77"}))
    assert only == {3: everything[3]}
    assert words.search("steward purpose nurses", limit=10, only=set()) == []


def test_things_can_be_left_out_with_the_same_scores(words):
    everything = dict(words.search("steward purpose nurses", limit=10))
    assert dict(words.search("steward purpose nurses", limit=10, without={"l1"})) == {
        pk: score for pk, score in everything.items() if pk != 3
    }


def test_giving_a_thing_again_replaces_its_passages(words):
    words.replace({"p1": [WordsPassage(4, "Steward ownership", "", "Golden shares can veto a sale.")]}, mark="2")
    assert ids(words, "voting") == []
    assert ids(words, "veto") == [4]
    assert (words.count(), words.mark()) == (2, "2")


def test_a_thing_without_passages_leaves(words):
    words.replace({"l1": []}, mark="2")
    assert ids(words, "nurses") == []


def test_a_whole_replacement_drops_what_it_does_not_name(words):
    words.replace({"p9": [WordsPassage(9, "Charter", "", "A charter says who may.")]}, mark="2", whole=True)
    assert words.count() == 1


def test_another_reader_sees_a_write_at_once(words, make):
    reader = make()
    assert ids(reader, "nurses") == [3]
    words.replace({"l1": []}, mark="2")
    assert ids(reader, "nurses") == []
    assert reader.mark() == "2"


def test_a_cleared_index_is_new(words):
    words.clear()
    assert (words.count(), words.mark(), ids(words, "nurses")) == (0, "", [])


def test_a_damaged_folder_is_begun_again(words, make, tmp_path):
    (tmp_path / "words" / "meta.json").write_text("{broken")
    assert make().mark() == ""


@pytest.mark.parametrize(
    "query", ["", "   ", "the of and", '"', "AND OR NOT", "title:x", "a" * 1_000_000, "*?[{^~", "\0"]
)
def test_odd_queries_are_harmless(words, query):
    assert isinstance(words.search(query, limit=5), list)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_query_raises(words, query):
    words.search(query, limit=5)


def test_accents_do_not_hide_a_word(words):
    words.replace({"p5": [WordsPassage(5, "Mondragón", "", "Cooperatives of the Basque country.")]}, mark="3")
    assert ids(words, "mondragon") == ids(words, "Mondragón") == [5]
