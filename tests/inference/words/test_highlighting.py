"""An excerpt shows where the asked words stand."""

from hypothesis import given
from hypothesis import strategies as st

from inference.words.highlighting import LENGTH, excerpt


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


def test_the_sentence_that_says_most_is_shown_whole():
    text = "A bay is shared. Fishers agree on who may fish in the bay. Nets are mended in winter."
    assert joined(excerpt(text, "who may fish the bay")) == "Fishers agree on who may fish in the bay."


def test_of_sentences_that_say_as_much_the_first_is_shown():
    assert joined(excerpt("The bay is wide. The bay is deep.", "bay")) == "The bay is wide."


def test_a_passage_without_an_asked_word_begins_at_its_beginning():
    assert joined(excerpt("Nets are mended. Boats are painted.", "herring")) == "Nets are mended."


def test_list_items_are_sentences_of_their_own():
    assert joined(excerpt("who may fish\nwhere nets dry\nwhen boats leave", "drying nets")) == "where nets dry"


def test_a_long_sentence_is_cut_around_the_words():
    text = "nothing here, " * 60 + "the herring swims, " + "nothing there, " * 60
    shown = joined(excerpt(text, "herring"))
    assert "herring" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < LENGTH + 10


@given(st.text("ab fish. ", max_size=900), st.text("fish ab", max_size=20))
def test_an_excerpt_is_a_part_of_the_text(text, query):
    shown = joined(excerpt(text, query)).removeprefix("… ").removesuffix(" …")
    assert shown in " ".join(text.split())
