"""Names are found however they are written, and plain words are not mistaken for names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.names.naming import Named, exact, find, gather, namesakes


def pattern(number, title, *aliases):
    slug = title.lower().replace(" ", "-")
    return Named("pattern", number, slug, title, (title, slug, *aliases))


NAMES = gather(
    [
        Named("lighthouse", 1, "buurtzorg", "Buurtzorg", ("Buurtzorg", "buurtzorg")),
        pattern(1, "Steward Ownership", "Self-owning companies"),
        pattern(2, "Objectives and Key Results (OKRs)"),
        pattern(3, "Self-Managing Teams"),
        pattern(4, "Teams"),
        pattern(5, "Library"),
        pattern(6, "Platform Cooperative"),
        pattern(7, "Mondragón Way"),
        pattern(8, "Community Land Trust"),
        pattern(9, "Trust"),
        pattern(10, "Doughnut Economics: Kate Raworth"),
        pattern(11, "R002: Watershed Council"),
        pattern(12, "Commons-Based Peer Production"),
        pattern(13, "Pre-Mortem"),
        pattern(14, "Runway"),
        pattern(15, "Burn Rate"),
        pattern(16, "Scrum"),
        pattern(17, "Doughnut Economics (City)"),
    ]
)


def titles(question):
    return [entity.title for entity in find(question, NAMES)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is steward ownership?", ["Steward Ownership"]),
        ("What is steward-ownership?", ["Steward Ownership"]),
        ("STEWARD OWNERSHIP", ["Steward Ownership"]),
        ("are self-owning companies rare", ["Steward Ownership"]),
        ("how do OKRs work", ["Objectives and Key Results (OKRs)"]),
        ("what about objectives and key results", ["Objectives and Key Results (OKRs)"]),
        ("a self managing team", ["Self-Managing Teams"]),
        ("What patterns does Buurtzorg use?", ["Buurtzorg"]),
        ("Buurtzorg's nurses", ["Buurtzorg"]),
        ("the mondragon way", ["Mondragón Way"]),
        ("two platform cooperatives", ["Platform Cooperative"]),
        ("what is doughnut economics", ["Doughnut Economics (City)"]),
        ("the watershed council", ["R002: Watershed Council"]),
        ("is CBPP for us", ["Commons-Based Peer Production"]),
        ("run a premortem", ["Pre-Mortem"]),
        ("run a pre mortem", ["Pre-Mortem"]),
    ],
)
def test_names_are_found_however_written(question, expected):
    assert titles(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is stewrad ownership?", ["Steward Ownership"]),
        ("patterns of Buurtzrog", ["Buurtzorg"]),
        ("a platfrom cooperative in my town", ["Platform Cooperative"]),
        ("comunity land trusts", ["Community Land Trust"]),
        ("comunity land trsut", ["Community Land Trust"]),
        ("what is scrumm", ["Scrum"]),
    ],
)
def test_typos_are_forgiven(question, expected):
    assert titles(question) == expected


def test_the_longest_name_wins():
    assert titles("why self-managing teams?") == ["Self-Managing Teams"]
    assert titles("a community land trust") == ["Community Land Trust"]


def test_several_names_come_in_the_order_asked():
    assert titles("Does Buurtzorg prefer OKRs or steward ownership?") == [
        "Buurtzorg",
        "Objectives and Key Results (OKRs)",
        "Steward Ownership",
    ]


def test_a_name_asked_twice_is_one_entity():
    assert titles("steward ownership or Steward Ownership") == ["Steward Ownership"]


def test_plain_words_are_no_names():
    assert titles("what does the library say") == []
    assert titles("how do fishers share a bay") == []


def test_a_plain_word_is_a_name_when_written_as_one():
    assert titles("what is Library for") == ["Library"]
    assert titles("library") == ["Library"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How do we build trust in a new group?", []),
        ("people who trust nobody", []),
        ("What is trust?", ["Trust"]),
        ("Explain trust", ["Trust"]),
        ("How does Trust change a group of people?", ["Trust"]),
        ("trust vs steward ownership", ["Trust", "Steward Ownership"]),
        ("who uses trust", ["Trust"]),
        ("What do burn rate and runway tell a founder?", ["Burn Rate", "Runway"]),
        ("a plane needs a long runway in the mountains", []),
    ],
)
def test_one_ordinary_word_is_a_name_only_where_the_question_is_about_it(question, expected):
    assert titles(question) == expected


def test_entries_of_one_name_know_each_other():
    (entity,) = find("what is doughnut economics", NAMES)
    assert [one.title for one in namesakes(entity, NAMES)] == ["Doughnut Economics: Kate Raworth"]


@pytest.mark.parametrize("name", ["Steward-Ownership", "steward ownerships", "STEWARD OWNERSHIP"])
def test_an_exact_name_is_recognised(name):
    assert exact(name, NAMES).title == "Steward Ownership"


def test_what_is_no_name_is_not_recognised():
    assert exact("steward", NAMES) is None


def test_what_was_matched_is_told():
    (entity,) = find("What is stewrad ownership?", NAMES)
    assert entity.matched == "stewrad ownership"
    assert 86 <= entity.score < 100


@given(st.text(max_size=300))
def test_no_question_raises(question):
    find(question, NAMES)


def test_a_long_question_is_read_only_so_far():
    assert len(find("steward ownership " * 50_000, NAMES)) == 1


def test_a_name_in_capitals_that_is_a_word_in_small_letters_is_found_as_written():
    exchange = Named("pattern", 1, "exchange", "Local Exchange", ("Local Exchange", "LETS"))
    names = gather([exchange])
    assert [one.slug for one in find("What is LETS?", names)] == ["exchange"]
    assert find("What lets people meet?", names) == ()
