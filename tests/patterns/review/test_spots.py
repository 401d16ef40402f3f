"""Where comments stand: a comment is never shown on a line that is not its own."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patterns.review.spots import NoSuchSpot, Spot, line_again, lines_of, mark_of, parse_spot

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
LINES = st.lists(st.sampled_from(["a", "b", "c", "", "the same words", "x " * 200]), min_size=1, max_size=9)
TEXTS = st.dictionaries(st.sampled_from(["", "context", "solution", "why"]), LINES, min_size=1, max_size=3)


@PATIENT
@given(TEXTS, TEXTS, st.data())
def test_a_line_is_found_again_only_where_its_words_are(before, after, data):
    name = data.draw(st.sampled_from(sorted(before)))
    spot = Spot("n", name, data.draw(st.integers(1, len(before[name]))))
    text = before[name][spot.number - 1]
    found = line_again(spot, mark_of(spot, before), after)
    if found is None:
        return
    here = after[found.name]
    assert here[found.number - 1] == text
    if here.count(text) > 1 or before[name].count(text) > 1 or found.name != name:
        assert neighbours(here, found.number) == neighbours(before[name], spot.number)


@PATIENT
@given(TEXTS, st.data())
def test_in_an_unchanged_text_a_line_is_where_it_was_or_nowhere(text, data):
    name = data.draw(st.sampled_from(sorted(text)))
    spot = Spot("n", name, data.draw(st.integers(1, len(text[name]))))
    found = line_again(spot, mark_of(spot, text), text)
    assert found is None or neighbours(text[name], found.number) == neighbours(text[name], spot.number)
    if text[name].count(text[name][spot.number - 1]) == 1:
        assert found == spot


@PATIENT
@given(LINES, LINES, st.integers(0, 8))
def test_a_line_among_others_only_moves_down_when_lines_come_before_it(before, more, place):
    """The section keeps the line and its neighbours; whatever stands elsewhere, it is found there or nowhere."""
    place %= len(before)
    whole = {"context": [*more, "A line of its own.", *before]}
    spot = Spot("n", "context", len(more) + 1)
    moved = {"context": [*before, *more, "A line of its own.", *before]}
    found = line_again(spot, mark_of(spot, whole), moved)
    assert found == Spot("n", "context", len(before) + len(more) + 1)


def neighbours(lines, number):
    before = next((line for line in reversed(lines[: number - 1]) if line.strip()), "")
    return before, next((line for line in lines[number:] if line.strip()), "")


@PATIENT
@given(st.sampled_from("wfsno"), st.text("ab-_.", max_size=20), st.integers(1, 10**7))
def test_a_spot_survives_a_form(kind, name, number):
    spot = Spot(kind, "" if kind == "w" else name, number if kind in "no" else 0)
    assert parse_spot(str(spot)) == spot or name in {"", "."}


@pytest.mark.parametrize(
    "written", ["", "x.1", "n.context.", "n.context.-1", "n.context.99999999999", "n.context.½", "n" * 999]
)
def test_what_is_no_spot_is_refused(written):
    with pytest.raises(NoSuchSpot):
        parse_spot(written)


@pytest.mark.parametrize("spot", [Spot("n", "context", 9), Spot("n", "nowhere", 1), Spot("s", "nowhere")])
def test_a_place_the_text_does_not_have_is_refused(spot):
    with pytest.raises(NoSuchSpot):
        mark_of(spot, lines_of("## Context\n\nA line.\n"))


def test_a_line_stays_its_own_in_a_section_that_was_renamed():
    before, after = lines_of("## Context\n\nA.\nB.\nC.\n"), lines_of("## Where it fits\n\nA.\nB.\nC.\n")
    spot = Spot("n", "context", 4)
    assert line_again(spot, mark_of(spot, before), after) == Spot("n", "where-it-fits", 4)
