"""What a question tells of its asker is read where people speak of themselves, in the library's own terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.cues import chosen, read, told

LIBRARY = {
    "archetype": {
        "cooperative": "Cooperative", "startup": "Startup", "team": "Team", "city": "City", "government": "Government",
        "village": "Village", "community": "Community", "ngo": "NGO", "sme": "SME", "school": "School",
        "family": "Family", "enterprise": "Enterprise",
    },
    "stage": {"growth": "Growth", "ideation": "Ideation", "maturity": "Maturity", "exit/succession": "Exit/Succession"},
    "sector": {"housing": "Housing", "healthcare": "Healthcare", "energy": "Energy", "education": "Education"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("We are a ten-person housing co-op, how should we decide?", "Cooperative, small (10), Housing"),
        ("Which patterns suit a small municipality?", "City, small"),
        ("I'm a mayor of a village of 1,200 people", "mayor, Village, City, large (1,200)"),
        ("As a nurse in a hospital ward, what can I do?", "nurse, Team, Healthcare"),
        ("We're a startup of five founders", "Startup, small (5)"),
        ("How can our growing NGO share what it learns?", "NGO, Growth"),
        ("I run a bakery and want to retire", "SME, Exit/Succession"),
        ("What would help a village that wants its own electricity?", "Village, Energy"),
        ("Patterns for a school", "School, Education"),
        ("We are an established company of three thousand employees", "Enterprise, large (3,000), Maturity"),
        ("What works in the energy sector?", "Energy"),
        ("We are twelve people", "Team, small (12)"),
    ],
)
def test_cues_are_read_from_how_people_describe_themselves(question, expected):
    assert told(read(question, LIBRARY)) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What is a worker cooperative?",
        "How do teams decide?",
        "How do cities use participatory budgeting?",
        "similar to OKRs",
        "Why do two loud people talk most?",
        "",
    ],
)
def test_a_question_about_something_is_not_asked_by_it(question):
    assert read(question, LIBRARY) == ()


def test_a_name_of_the_library_says_nothing_of_the_asker():
    assert read("Is our Village Energy Cooperative like others?", LIBRARY, besides=["Village Energy Cooperative"]) == ()


def test_values_the_library_itself_has_are_matched_without_a_table():
    assert chosen(read("We are a beekeeping guild", {"archetype": {"guild": "Guild"}})) == {"archetype": ("guild",)}


def test_what_the_library_has_no_value_for_is_understood_but_steers_nothing():
    cues = read("We are a housing co-op", {"archetype": {"team": "Team"}})
    assert told(cues) == "cooperative, housing"
    assert chosen(cues) == {}


def test_one_word_may_stand_for_the_next_best_value():
    cues = read("I am a mayor", {"archetype": {"government": "Government"}})
    assert chosen(cues) == {"archetype": ("government",)}


@given(st.text(max_size=300))
def test_no_question_raises(question):
    read(question, LIBRARY)


@given(
    st.lists(st.sampled_from(["we are", "a", "ten", "person", "1,000", "co-op", "for", "small", "town", "?", "in the"]))
)
def test_no_description_raises(pieces):
    told(read(" ".join(pieces), LIBRARY))


def test_a_long_text_is_read_only_so_far():
    read("we are a small " * 50_000, LIBRARY)
