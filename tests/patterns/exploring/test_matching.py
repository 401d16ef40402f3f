"""Which pattern somebody means."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.exploring.matching import Entry, meant

ENTRIES = [
    Entry("commons-charter", "Commons charter", ("Constitution",)),
    Entry("team-charter", "Team Charter"),
    Entry("cafe", "Café of strangers"),
    Entry("twin-1", "Twins"),
    Entry("twin-2", "Twins"),
    Entry("land", "信託 land trust"),
]


def slugs(typed):
    found = meant(typed, ENTRIES)
    return found.entry.slug if found.entry else [one.slug for one in found.nearest]


def test_an_address_a_title_or_an_alias_names_one():
    assert slugs("team-charter") == slugs("team charter") == slugs("Team  Charter!") == "team-charter"
    assert slugs("constitution") == "commons-charter"


def test_accents_and_case_do_not_matter():
    assert slugs("CAFE OF STRANGERS") == "cafe"


def test_a_shared_title_names_none_and_offers_all():
    assert slugs("twins") == ["twin-1", "twin-2"]


def test_a_part_offers_those_that_have_it():
    assert slugs("charter") == ["commons-charter", "team-charter"]


def test_a_slip_offers_what_was_meant_first():
    assert slugs("comons charter")[0] == "commons-charter"


def test_other_scripts_are_found():
    assert slugs("信託") == ["land"]


@given(st.text(max_size=400))
def test_any_text_is_answered(typed):
    found = meant(typed, ENTRIES)
    assert len(found.nearest) <= 8
    assert found.entry is None or not found.nearest
