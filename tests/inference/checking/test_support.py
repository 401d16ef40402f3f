"""How well a passage supports a sentence: words, and what a share of words cannot see."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.checking.opposites import opposed
from inference.checking.support import doubts, grade, ground, share
from tests.factories.evidence import evidence

SOURCE = (
    "A steward holds the votes of a company in trust since 1889. Stewards can neither sell nor inherit the votes. "
    "Carl Zeiss and Ernst Abbe founded it in Jena with twelve workers. The price of a share must not increase. "
    "It is used in the United States, and it is safe."
)


def graded(sentence, *sources):
    return grade(sentence, [ground(evidence(text, title="Steward Ownership")) for text in sources or (SOURCE,)])


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("A steward holds the votes of a company in trust since 1889.", "supported"),
        ("A steward holds in trust the votes of the company.", "supported"),
        ("Carl Zeiss founded it in Jena with 12 workers.", "supported"),
        ("It is used in the US.", "supported"),
        ("A steward holds the votes of a company in trust since 1925.", "weak"),
        ("Carl Zeiss founded it in Jena with fifteen workers.", "weak"),
        ("Carl Zeiss and Ernst Haeckel founded it in Jena with twelve workers.", "weak"),
        ("A steward does not hold the votes of a company in trust.", "unsupported"),
        ("Stewards can sell or inherit the votes.", "unsupported"),
        ("The price of a share must increase.", "unsupported"),
        ("The price of a share must not decrease.", "unsupported"),
        ("It is used in the United States, and it is unsafe.", "unsupported"),
        ("I think my steward holds the votes of a company in trust.", "weak"),
        ("Does a steward hold the votes of a company in trust?", "weak"),
        ("Penguins swim across cold oceans every winter.", "unsupported"),
    ],
)
def test_grades(sentence, support):
    assert graded(sentence) == support


def test_a_denial_that_the_source_has_as_well_is_no_contradiction():
    assert graded("Stewards can neither sell nor inherit the votes.") == "supported"
    assert graded("Not only stewards hold votes.", "Not only stewards hold votes.") == "supported"


def test_the_same_sentence_with_one_denial_more_or_less_is_a_contradiction():
    text = "Leading a discussion is a skill, and skills come with repetition."
    assert graded(text.replace("is a", "is not a"), text) == "unsupported"
    assert graded(text, text.replace("is a", "is not a")) == "unsupported"


def test_two_passages_support_together():
    text = "Bees need water, and goats need hay."
    assert graded(text, "Bees need water.", "And goats need hay.") == "supported"
    assert graded(text, "Bees need water.") != "supported"


def test_what_the_title_says_counts():
    assert graded("Steward ownership keeps votes in trust.", "It keeps votes in trust.") == "supported"


@given(st.text(alphabet="Ab c.1,?not", max_size=80))
@settings(deadline=None)
def test_a_sentence_is_supported_by_itself(sentence):
    grounds = [ground(evidence(sentence))]
    assert share(sentence, grounds) == 1.0
    assert doubts(sentence, grounds) in {"", "asks"}


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
@settings(deadline=None)
def test_any_text_can_be_graded(sentence, sources):
    assert graded(sentence, *sources) in {"supported", "weak", "unsupported"}


def test_without_a_passage_nothing_is_supported():
    assert grade("A steward holds votes.", []) == "unsupported"


@pytest.mark.parametrize(
    ("word", "others", "expected"),
    [
        ("increase", {"decrease"}, True),
        ("increased", {"decreases"}, True),
        ("safe", {"unsafe"}, True),
        ("indirect", {"direct"}, True),
        ("famous", {"infamous"}, False),
        ("to", {"into"}, False),
        ("safe", {"safe"}, False),
    ],
)
def test_opposites(word, others, expected):
    assert opposed(word, frozenset(others)) == expected
