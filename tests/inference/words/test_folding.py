"""Words compare alike however they were typed, in any script, and each is found again in its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.words.folding import fold, reach


def folded(text):
    return [word.folded for word in fold(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Self-Managing Teams", ["self", "managing", "teams"]),
        ("Brené Brown's Café’s", ["brene", "browns", "cafes"]),
        ("Łódź Straße Ærø", ["lodz", "strasse", "aero"]),
        ("İSTANBUL", ["istanbul"]),
        ("שָׁלוֹם", ["שלום"]),
        ("共同体", ["共", "同", "体"]),
        ("ฉัน", ["ฉ", "น"]),
        ("नीति", ["नीति"]),
        ("OKRs (2.0)", ["okrs", "2", "0"]),
        ("🌱", ["🌱"]),
        (" ?! ", ["?!"]),
        ("  ", []),
        ("", []),
    ],
)
def test_words_are_folded(text, expected):
    assert folded(text) == expected


def test_letters_and_marks_written_apart_are_the_same():
    assert folded("école") == folded("e\u0301cole") == ["ecole"]


@given(st.text(alphabet=st.characters(max_codepoint=126, min_codepoint=32), max_size=60))
def test_plain_text_folds_alike_beside_other_letters(text):
    alone = [word for word in folded(text) if word.isalnum()]
    assert [word for word in folded(text + " é") if word.isalnum()][:-1] == alone


@given(st.text(max_size=80))
def test_every_word_stands_in_the_text_in_order(text):
    at = 0
    for word in fold(text):
        assert at <= word.start < word.end <= len(text)
        at = word.end


@given(st.text(max_size=80), st.integers(0, 90))
def test_the_reach_of_letters_stays_within_the_word(text, letters):
    for word in fold(text):
        assert word.start <= reach(text, word, letters) <= word.end


def test_letters_reach_over_accents():
    (word,) = fold("Résumé")
    assert reach("Résumé", word, 2) == 2
    (word,) = fold("e\u0301cole")
    assert reach("e\u0301cole", word, 1) == 2
