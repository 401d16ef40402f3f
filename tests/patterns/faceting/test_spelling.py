"""Spellings of one value are one value, and are said as a person would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.faceting.spelling import folded, is_word, said, title_key, words


@pytest.mark.parametrize("spelling", ["Value Creation", "value_creation", "VALUE-CREATION", " value  \u200ecreation "])
def test_case_and_breaks_make_no_difference(spelling: str):
    assert folded(spelling) == "value-creation"


def test_a_slash_is_part_of_a_name():
    assert folded("Exit/Succession") == "exit/succession"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(value: str):
    assert folded(folded(value)) == folded(value)


@given(st.text(max_size=40))
def test_a_folded_value_can_stand_in_an_address_and_a_sentence(value: str):
    assert folded(value).isprintable()
    assert not folded(value).startswith(("-", " "))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ethical-reasoning", "Ethical reasoning"),
        ("ai-governance", "AI governance"),
        ("Product-Market Fit", "Product-Market Fit"),
        ("exit/succession", "Exit/succession"),
        ("", ""),
    ],
)
def test_values_are_said_in_words(value: str, expected: str):
    assert words(value) == expected


def test_the_spelling_most_often_used_is_said():
    assert said({"governance": 1, "Governance": 3}) == "Governance"


@pytest.mark.parametrize(("value", "expected"), [("3", False), ("—", False), ("統治", True), ("2020s", True)])
def test_a_word_has_a_letter(value: str, expected: bool):
    assert is_word(value) is expected


def test_titles_are_ordered_without_accents_case_and_quotes():
    titles = ["zebra", "“Apple” orchard", "Éclair", "banana", "3M way"]
    assert sorted(titles, key=title_key) == ["3M way", "“Apple” orchard", "banana", "Éclair", "zebra"]
