"""Texts without a summary begin with their first words, which are then not said again."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.rendering.document import compose

FIRST = "A well that many people share needs rules that all of them had a hand in."
MORE = " ".join(["Then there is more to say about it, and it takes its time."] * 8)


def plain(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_the_first_sentences_are_lifted_and_the_rest_stays():
    found = compose(f"### 1. Overview\n\n{FIRST} {MORE}\n", lead=True)
    assert found.lead.startswith(FIRST)
    assert len(found.lead) <= 340
    assert FIRST not in found.html
    assert plain(found.lead + found.html).count("takesitstime") == 8


def test_a_short_first_paragraph_is_lifted_whole():
    found = compose(f"# Title\n\n{FIRST}\n\nNext.\n", title="Title", lead=True)
    assert (found.lead, found.html) == (FIRST, "<p>Next.</p>\n")


def test_emphasis_and_links_are_lifted_with_their_words():
    found = compose(f"A *well* at [home](https://a.example) needs rules that all agreed on. {MORE}", lead=True)
    assert found.lead.startswith('A <em>well</em> at <a href="https://a.example"')


@pytest.mark.parametrize(
    "body",
    [
        f"## Overview\n\n{FIRST}\n\n## Next\n\nText.\n",  # its heading would stand over nothing
        "- a list\n- first\n", "> A quote\n", "| a |\n|---|\n| b |\n", "Short.\n\nMore.\n", "", "word " * 200,
    ],
)  # fmt: skip
def test_where_there_is_nothing_good_to_lift_nothing_is(body: str):
    assert compose(body, lead=True).lead == ""


def test_abbreviations_end_no_sentence():
    found = compose(
        f"Some things, e.g. Wells in the U.S. South, are shared by all the people around. {MORE}", lead=True
    )
    assert found.lead.startswith("Some things, e.g. Wells in the U.S. South, are shared by all the people around.")


@settings(deadline=None)
@given(st.lists(st.sampled_from([FIRST, "Yes. ", "*No.* Go on ", "\n\n", "## H\n\n", "- x\n", "a [b](c) d. E "])))
def test_lifting_loses_no_word(pieces):
    body = "".join(pieces)
    lifted = compose(body, lead=True)
    together = plain(re.sub(r"[\ue010-\ue012]", "", lifted.lead + lifted.html))
    assert sorted(together) == sorted(plain(re.sub(r"[\ue010-\ue012]", "", compose(body).html)))
