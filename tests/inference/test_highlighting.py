"""An excerpt shows where the asked words stand."""

from hypothesis import given
from hypothesis import strategies as st

from inference.highlighting import LENGTH, excerpt


def joined(stretches):
    return "".join(one.text for one in stretches)


def marked(stretches):
    return [one.text for one in stretches if one.hit]


def test_asked_words_are_marked_in_any_form():
    assert marked(excerpt("Fishers fish where fishing is allowed.", "a fisher fishes")) == [
        "Fishers",
        "fish",
        "fishing",
    ]


def test_plain_words_are_not_marked():
    assert marked(excerpt("What is the bay?", "what is the bay")) == ["bay"]


def test_a_long_text_is_cut_around_the_words():
    text = "Nothing here. " * 60 + "The herring swims. " + "Nothing there. " * 60
    shown = joined(excerpt(text, "herring"))
    assert "herring" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < LENGTH + 10


@given(st.text("ab fish. ", max_size=900), st.text("fish ab", max_size=20))
def test_an_excerpt_is_a_part_of_the_text(text, query):
    shown = joined(excerpt(text, query)).removeprefix("… ").removesuffix(" …")
    assert shown in " ".join(text.split())
