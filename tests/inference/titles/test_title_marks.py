"""The part of a name that was typed is marked, and nothing of the name is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.titles.marks import marked


def shown(name, query):
    return "".join(f"[{stretch.text}]" if stretch.hit else stretch.text for stretch in marked(name, query))


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("Steward-Ownership", "stew", "[Stew]ard-Ownership"),
        ("Steward-Ownership", "steward own", "[Steward]-[Own]ership"),
        ("Steward-Ownership", "stewardown", "[Steward]-[Own]ership"),
        ("Community Land Trust", "trust land", "Community [Land] [Trust]"),
        ("Community Land Trust", "trsut", "Community Land [Trust]"),
        ("Citizens' Assembly", "citizen assemblies", "[Citizen]s' [Assembly]"),
        ("Repair Café", "cafe", "Repair [Café]"),
        ("What the Commons Are", "what is commons", "What the [Commons] Are"),
        ("共同体土地", "土地", "共同体[土][地]"),
        ("<b>Bold</b>", "bold", "<b>[Bold]</b>"),
    ],
)
def test_what_was_typed_is_marked(name, query, expected):
    assert shown(name, query) == expected


@given(st.text(max_size=80), st.text(max_size=40))
def test_nothing_of_the_name_is_lost(name, query):
    assert "".join(stretch.text for stretch in marked(name, query)) == name
