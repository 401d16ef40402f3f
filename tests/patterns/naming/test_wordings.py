"""The names a pattern has among other people, and choosing one."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.naming.wordings import switch, wordings

FRONT = {"context_labels": {"tech": "Protocol", "rural_towns": "The well", "corporate": "Resource pool", "empty": " "}}


def test_known_contexts_come_first_and_unknown_ones_are_kept():
    found = wordings(FRONT)
    assert [(one.label, one.title) for one in found] == [
        ("Corporate", "Resource pool"), ("Tech", "Protocol"), ("Rural towns", "The well"),
    ]  # fmt: skip


def test_a_wording_is_chosen_however_its_context_is_written():
    chosen = switch(wordings(FRONT), wanted=" TECH ").chosen
    assert chosen is not None
    assert chosen.title == "Protocol"
    assert chosen.address == "?wording=tech"


def test_a_wording_that_is_not_there_is_named():
    found = switch(wordings(FRONT), wanted="government")
    assert (found.chosen, found.missing) == (None, "Government")


def test_nothing_wanted_is_nothing_missing():
    assert switch(wordings(FRONT), wanted="").missing == ""


@given(st.text(max_size=200), st.dictionaries(st.text(max_size=9), st.none() | st.text(max_size=9) | st.integers()))
def test_any_wish_and_any_labels_are_answered(wanted, labels):
    found = switch(wordings({"context_labels": labels}), wanted=wanted)
    assert found.chosen is None or found.chosen in found.wordings
