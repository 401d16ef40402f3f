"""Front matter of any shape is read calmly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.queries import front

json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["sources", "context_labels", "ontology", "classification"]), json_like))
def test_nothing_a_file_can_hold_raises(given_front):
    front.sources(given_front)
    front.wordings(given_front)
    front.assessment(given_front)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:x", "//evil.example", "https://", "http://a b", "https://[", "ftp://a.example"]
)
def test_only_honest_addresses_are_links(url: str):
    assert front.sources({"sources": [{"title": "x", "url": url}]})[0].url == ""


def test_scores_stand_in_the_order_of_the_format():
    scores = {"vitality": 3, "autonomy": 2.5, "stakeholder_architecture": 4, "overall_score": 3.2}
    found = front.assessment({"ontology": {"commons_assessment": scores}})
    assert [score.label for score in found.scores] == ["Stakeholder architecture", "Autonomy", "Vitality"]
    assert found.overall == 3.2


def test_older_files_have_one_score():
    found = front.assessment({"classification": {"commons_alignment": 5}})
    assert [(score.label, score.value) for score in found.scores] == [("Commons alignment", 5.0)]


@pytest.mark.parametrize("value", [-1, 5.1, "many", True, None, 10**400, float("nan")])
def test_what_is_no_score_is_left_out(value):
    assert front.assessment({"ontology": {"commons_assessment": {"autonomy": value}}}) is None
