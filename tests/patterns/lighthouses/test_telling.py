"""What a lighthouse says of a pattern is found in its own text, and nothing is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.lighthouses.telling import LONGEST, Teller

BODY = """## Overview

Wellstead shares a well. Wellstead keeps its shared well by a rota of all houses.

## Patterns in use

**Open books.** Every house may read the accounts of the well at any time.

**Mutual aid** and **Seed swaps** are practices that nobody here has described yet.

- **Work days**: twice a year everybody cleans the channel together.
- Gifts and *time banks* are kept in one and the same small book.

### Shared-Meals (2-4 sentences)

People of Wellstead eat [together](https://example.org) each Friday.
"""


def told(*names, body=BODY):
    return Teller(body, title="Wellstead").told(names)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Shared Meals", "People of Wellstead eat together each Friday."),
        ("Open Books", "Every house may read the accounts of the well at any time."),
        ("Work days", "twice a year everybody cleans the channel together."),
        ("Mutual aid", "Mutual aid and Seed swaps are practices that nobody here has described yet."),
        ("Shared Well", "Wellstead keeps its shared well by a rota of all houses."),
        ("Time Banks", "Gifts and time banks are kept in one and the same small book."),
        ("Bread oven", ""),
        ("", ""),
    ],
)
def test_its_own_words_are_found(name, expected):
    assert told(name) == expected


def test_any_of_the_names_will_do():
    assert told("Communal accounting", "open-books") == told("Open books")


def test_what_is_told_is_short():
    assert len(told("Rota", body="## Rota\n\n" + "A word of it. " * 400)) <= LONGEST


@given(st.text(max_size=400), st.text(max_size=40))
def test_no_text_and_no_name_raises(body, name):
    assert isinstance(told(name, body=body), str)


def test_a_very_long_body_is_bounded():
    assert told("Rota", body="words and more words of it. " * 60_000) == ""
