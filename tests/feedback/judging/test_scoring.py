"""A score is a weighted mean of what is there, each part says why, and it is read as it was kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.judging.scoring import LOW, WEIGHTS, read, score

sentence = st.fixed_dictionaries(
    {
        "support": st.sampled_from(["supported", "weak", "unsupported", ""]),
        "citations": st.lists(st.integers(1, 3), max_size=2),
    }
)
scores = st.builds(
    score, st.lists(sentence, max_size=9), outcome=st.sampled_from(["answer", "nearest", "none", ""]),
    helpful=st.integers(0, 5), unhelpful=st.integers(0, 5),
)  # fmt: skip


def said(*support: str, cited: bool = True) -> list[dict]:
    return [{"support": one, "citations": [1] if cited else []} for one in support]


def words(found) -> dict[str, str]:
    return {one.name: one.words for one in found.components}


@given(scores)
def test_every_part_and_the_whole_lie_between_nothing_and_one_and_say_why(found):
    assert all(0 <= one.value <= 1 and one.words for one in found.components)
    assert 0 <= found.total <= 1


@given(scores)
def test_a_score_is_read_as_it_was_kept(found):
    again = read(found.kept())
    assert (again.total, words(again)) == (found.total, words(found))


def test_what_another_version_of_this_site_kept_is_passed_over():
    assert read(score([], outcome="answer").kept() | {"moon": {"value": 1, "counts": {}}}).total == 1.0


def test_weak_sentences_count_half():
    (grounded,) = (
        one for one in score(said("supported", "weak"), outcome="answer").components if one.name == "grounded"
    )
    assert grounded.value == 0.75


def test_each_sentence_says_how_many():
    found = score(
        [*said("supported", "weak", "weak"), *said("unsupported", cited=False)], outcome="answer", unhelpful=2
    )
    assert words(found) == {
        "grounded": "1 of 4 sentences is not supported by what it cites. 2 of 4 sentences are supported only in part.",
        "cited": "1 of 4 sentences names no source.",
        "outcome": "The library had an answer.",
        "readers": "It did not help 2 of 2 readers.",
    }


def test_what_is_wholly_supported_says_so():
    assert (
        words(score(said("supported"), outcome="answer"))["grounded"] == "Its 1 sentence is supported by what it cites."
    )


def test_fixed_words_and_what_nobody_rated_weigh_nothing():
    found = score([{"support": "", "citations": []}], outcome="nearest")
    assert (list(words(found)), found.total) == (["outcome"], 0.5)


def test_one_reader_alone_neither_saves_nor_sinks_an_answer():
    good, bad = said("supported"), said("unsupported", cited=False)
    assert not score(good, outcome="answer", unhelpful=1).low
    assert score(bad, outcome="answer", helpful=1).low


@pytest.mark.parametrize(
    ("support", "low"), [(["supported", "supported", "unsupported"], False), (["supported", "unsupported"], False),
                         (["supported", "unsupported", "unsupported"], True), (["weak", "unsupported"], True)],
)  # fmt: skip
def test_it_is_low_where_more_than_about_half_lacks_its_source(support, low):
    sentences = [{"support": one, "citations": [] if one == "unsupported" else [1]} for one in support]
    assert score(sentences, outcome="answer").low is low


@given(st.integers(0, 9), st.integers(0, 9), st.integers(1, 5))
def test_more_unhappy_readers_never_raise_it(helpful, unhelpful, more):
    before, after = (score([], outcome="answer", helpful=helpful, unhelpful=n) for n in (unhelpful, unhelpful + more))
    assert after.total < before.total


def test_the_weights_are_a_whole():
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert 0 < LOW < 1
