"""What a card says: found in either generation of files, fitted to its paper whatever a file holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.cards.card import HEIGHT, Content, changed_parts, fitted, height
from patterns.cards.extracts import content

WORDS = st.text(max_size=600)
PRACTICES = st.lists(st.text(max_size=90), max_size=8).map(tuple)
NEWER = """Opening words.

### Section 1: Context

A well.

### Section 2: Problem

> **The core conflict is mine against ours.**

Everybody *draws*, nobody [mends](https://example.org). It breaks when:

- it rains

### Section 3: Solution

> **Therefore, write the rules down.**

Read them aloud.

| a | table |
|---|---|
"""
OLDER = """### 1. Overview (150-300 words)

Advice is asked for. The problem that it solves is slow deciding. It began in a factory.

### 3. Key Practices

1.  **Taking initiative:** Somebody begins.
2.  **Asking**: They ask.
3.  Plain item.
"""


def test_a_newer_file_gives_problem_and_solution_without_markup_lists_and_tables():
    found = content("Well", "Agree on water.", NEWER)
    assert found.lead == "Agree on water."
    assert found.problem == "The core conflict is mine against ours. Everybody draws, nobody mends."
    assert found.solution == "Therefore, write the rules down. Read them aloud."
    assert found.practice == ()


def test_an_older_file_gives_the_problem_its_overview_names_and_its_practices_by_name():
    found = content("Advice", "", OLDER)
    assert found.lead == "Advice is asked for."
    assert found.problem == "The problem that it solves is slow deciding. It began in a factory."
    assert found.practice == ("Taking initiative", "Asking")


@pytest.mark.parametrize("body", ["", "\n\n", "# Only a title\n", "|a|\n|-|\n", "```\ncode\n", "- a\n- b\n", "\0" * 50])
def test_a_body_without_prose_gives_an_empty_card(body):
    assert content("T", "", body).problem == ""


@settings(max_examples=60)
@given(st.builds(Content, st.text(min_size=1, max_size=300), WORDS, WORDS, WORDS, PRACTICES), WORDS, WORDS)
def test_no_text_whatsoever_is_taller_than_the_paper(said, note, attribution):
    imprint = ("library.example.org/cards/a-slug/3/", attribution[:90])
    relations = [("Requires", [said.title, said.lead])]
    card = fitted(said, title=note[:200], note=note, relations=relations, imprint=imprint)
    assert height(card, imprint=imprint) <= HEIGHT


def test_a_long_title_is_set_smaller_and_never_cut():
    title = "A very long title of many words " * 8
    card = fitted(Content(title.strip(), "Lead.", "P.", "S."))
    assert (card.title, card.size) == (title.strip(), "small")


def test_another_wording_leads_and_the_librarys_own_title_stands_beneath():
    card = fitted(Content("Steward-Ownership", "L", "P", "S"), title="Exit to Purpose")
    assert (card.title, card.original) == ("Exit to Purpose", "Steward-Ownership")
    assert fitted(Content("Same", "L", "P", "S"), title="Same").original == ""


def test_names_of_practices_and_relations_are_whole_or_left_out():
    names = tuple(f"Practice with quite a long name number {n}" for n in range(40))
    card = fitted(Content("T", "L", "", "", names), relations=[("Requires", names)])
    assert set(card.practice.split(" · ")) <= set(names)
    assert set(card.relations[0][1]) < set(names)


def test_what_changed_between_two_cards_is_named():
    old = Content("T", "L", "P", "S")
    assert changed_parts(old, old) == ()
    assert changed_parts(old, Content("T", "L2", "P", "S2")) == ("lead", "solution")
