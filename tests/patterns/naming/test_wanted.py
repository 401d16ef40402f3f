"""What is wanted is a name somebody could write a pattern for, counted once for everything that names it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.naming.wanted import Mention, gathered, is_name, key_of


def named(*names: str, kind: str = "pattern") -> list[Mention]:
    return [Mention(name, kind, f"{kind}-{place}", f"Title {place}") for place, name in enumerate(names)]


@pytest.mark.parametrize(
    "text",
    [
        "Social Housing",
        "emotional-regulation",
        "stoicism",
        "共有の森",
        "Würde im Alter",
        "co-housing (urban)",
        "5S method",
    ],
)
def test_what_people_call_things_is_a_name(text):
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "x", "pat_01kg5023y4e704zavzcte3n4dd", "lh_9f8a7b6c5d4e3f2a", "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "placeholder", "slug-of-pattern", "TODO", "none", "n/a", "<script>", "{{ title }}", "https://example.org",
        "a/b/c.md", "12345", "one two three four five six seven eight nine", "w" * 81, "null", "a\x00b", "pattern",
    ],
)  # fmt: skip
def test_what_machines_leave_behind_is_no_name(text):
    assert not is_name(text)


def test_the_most_often_named_comes_first():
    mentions = named("Rare thing", "Often named", "Often named")
    assert [one.name for one in gathered(mentions)] == ["Often named", "Rare thing"]


def test_among_equals_what_a_lighthouse_uses_comes_first():
    mentions = [*named("Attic"), *named("Zoo", kind="lighthouse")]
    assert [one.name for one in gathered(mentions)] == ["Zoo", "Attic"]


def test_spellings_are_one_name_said_as_a_person_would():
    (one,) = gathered(named("self-awareness", "Self Awareness", "self_awareness"))
    assert (one.name, one.times) == ("Self Awareness", 3)


def test_a_slug_is_said_in_words():
    assert gathered(named("emotional-regulation"))[0].name == "Emotional regulation"


def test_whoever_names_it_twice_counts_once():
    assert gathered(named("Sleep") * 2)[0].times == 1


def test_what_is_known_is_not_wanted():
    assert gathered(named("Self-Awareness"), known={"self-awareness"}) == ()


@given(st.lists(st.tuples(st.text(max_size=30), st.sampled_from(["pattern", "lighthouse"]), st.integers(0, 5))))
def test_nothing_is_listed_twice_or_without_somebody_who_names_it(found):
    listed = gathered(Mention(name, kind, f"s{number}", "T") for name, kind, number in found)
    keys = [one.key for one in listed]
    assert len(keys) == len(set(keys))
    assert all(one.times >= 1 and one.name.strip() and key_of(one.name) for one in listed)
    assert [one.times for one in listed] == sorted((one.times for one in listed), reverse=True)
