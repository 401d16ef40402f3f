"""Keys of a lighthouse's file that the page shows nowhere else are shown as words, whatever they hold."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.lighthouses.facts import LONGEST, MOST, facts


def test_unknown_keys_are_shown_and_known_ones_are_not_repeated():
    front = {"title": "Wellstead", "country": "Nowhere", "tags": ["water", "rota"], "members_count": 12}
    assert facts(front) == (("Members count", "12"), ("Tags", "water, rota"))


def test_nested_values_are_words():
    assert facts({"funding": {"grants": "some", "fees": ["a", "b"]}}) == (("Funding", "Grants: some, Fees: a, b"),)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=400),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=80), json, max_size=30))
def test_anything_a_file_holds_is_bounded_words(front):
    found = facts(front)
    assert len(found) <= MOST
    assert all(label and said and len(said) <= LONGEST + 2 for label, said in found)
