"""What is pure of proposals: which words are embedded, when a vector still does, and how relations are scored."""

from hypothesis import given, settings
from hypothesis import strategies as st

from inference.proposals.cues import kind_said
from inference.proposals.opening import much_alike, opening
from inference.proposals.relation_offers import MOST, Close, Joined, Named, candidates


def test_an_opening_has_the_names_and_the_first_words():
    text = opening(
        title="Well", summary="Shared water.", body="## Context\n\nA **village** well.\n\n| a | b |\n" + "x " * 900
    )
    head, _, words = text.partition("\n")
    assert head == "Well"
    assert words.startswith("Shared water. A village well.")
    assert len(words.split()) < 120


def test_a_word_more_needs_no_new_vector_and_another_title_does():
    one = "Well\n" + " ".join(f"word{number}" for number in range(40))
    assert much_alike(one, one + " more")
    assert not much_alike(one, one.replace("Well", "Fence"))
    assert not much_alike(one, "Well\n" + " ".join(f"other{number}" for number in range(40)))


def test_words_beside_a_name_say_the_kind():
    said = {
        "It requires a commons charter.": "requires",
        "A commons charter is needed first.": "requires",
        "It makes possible what a commons charter promises.": "enables",
        "It is in tension with the commons charter.": "tensions_with",
        "It is a kind of commons charter.": "generalizes_from",
        "Use it instead of a commons charter.": "alternatives",
        "It goes well with a commons charter.": "complementary",
        "Some villages have a commons charter.": "related",
    }
    assert {sentence: kind_said(sentence, "commons charter") for sentence in said} == said


def test_a_named_pattern_comes_before_a_near_one_and_each_once():
    named = [Named("a", "A", "It requires A.", "A"), Named("a", "A", "A again.", "A")]
    close = [Close("a", "A", 0.9), Close("b", "B", 0.8), Close("c", "C", 0.3)]
    joined = [Joined("a", "requires", "d", "D"), Joined("b", "requires", "d", "D"), Joined("b", "enables", "e", "E")]
    found = candidates(named, close, joined)
    assert [(one.slug, one.kind, one.ground) for one in found] == [
        ("a", "requires", "named"), ("d", "requires", "joined"), ("b", "related", "near"),
    ]  # fmt: skip


NAMES = st.sampled_from("abcdefghijklmn")


@settings(max_examples=100)
@given(
    st.lists(st.builds(Named, NAMES, st.text(), st.text(), st.text())),
    st.lists(st.builds(Close, NAMES, st.text(), st.floats(0, 1))),
    st.lists(st.builds(Joined, NAMES, st.sampled_from(["enables", "tools"]), NAMES, st.text())),
)
def test_at_most_eight_and_each_pattern_once_whatever_is_found(named, close, joined):
    found = candidates(named, close, joined)
    assert len(found) <= MOST
    assert len({one.slug for one in found}) == len(found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
