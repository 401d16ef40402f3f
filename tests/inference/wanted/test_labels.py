"""A topic's name tells nothing that fewer than three people wrote."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inference.wanted.labels import FEWEST, label
from inference.words.vocabulary import stem, words

BEES = [
    ("a", "How can a city keep bees on rooftops?"),
    ("b", "Who keeps bees on the rooftops of a city hall?"),
    ("c", "Rooftop bees in our city: what does it take, ask Ada and Grace?"),
]


def test_shared_words_are_the_name_in_the_order_people_write_them():
    assert label(BEES) == "Bees, city, rooftops"


def test_what_two_people_wrote_is_not_told():
    assert label(BEES[:2]) == ""


def test_one_person_three_times_is_one_person():
    assert label([("a", question) for _, question in BEES]) == ""


def test_names_and_numbers_of_one_asker_never_show():
    named = label(BEES)
    assert "Ada" not in named
    assert "ada" not in named.lower()


def test_numbers_and_addresses_never_show_even_when_many_write_them():
    assert label([(who, "Call 030123456 or ada@x.org about 12") for who in "abcd"]) == "Call, ada, org"


SAID = st.lists(
    st.sampled_from(["bees", "Bees", "city", "ada", "keeps", "the", "12", "ada@x.org", "rooftop's", "naïve", "Würde"]),
    max_size=8,
)
asked = st.lists(st.tuples(st.sampled_from("abcde"), SAID.map(" ".join)), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(asked)
def test_every_word_of_a_name_was_written_by_three_people(questions):
    for word in label(questions).lower().split(", ") if label(questions) else ():
        writers = {who for who, text in questions if stem(word) in {stem(other) for other in words(text)}}
        assert len(writers) >= FEWEST
