"""How a text begins, for lists."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.queries.excerpts import cut, first_words


def test_headings_lists_and_tables_are_passed_over():
    assert (
        first_words("# Title\n\n## Overview\n\n- item\n\n| a |\n\nIt *begins* [here](https://x).") == "It begins here."
    )


def test_a_heading_right_above_its_text_is_passed_over():
    assert first_words("## Overview\nIt begins here.") == "It begins here."


def test_a_long_beginning_ends_with_a_sentence():
    assert cut("One sentence of a fair length stands here. " + "word " * 100, longest=80).endswith("here.")


@given(st.text(max_size=400))
def test_any_text_has_a_beginning_of_bounded_length(text):
    assert len(first_words(text)) <= 265
