"""Whole sentences in so many lines: what fits is whole, what does not is cut in an honest place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.cards.fitting import CUT, line_count, whole_sentences

TEXTS = st.text(st.one_of(st.sampled_from("aW m.!? …。e\n\t"), st.characters(exclude_categories=["Cs"])), max_size=400)
EMS = st.floats(4, 60)
LINES = st.integers(-1, 12)


@given(TEXTS, LINES, EMS)
def test_it_fits(text, lines, ems):
    assert line_count(whole_sentences(text, lines=lines, ems=ems), ems=ems) <= max(lines, 0)


@given(TEXTS, LINES, EMS)
def test_it_is_the_beginning_of_the_text(text, lines, ems):
    fitted = whole_sentences(text, lines=lines, ems=ems)
    assert " ".join(text.split()).startswith(fitted.removesuffix(CUT.strip()).rstrip())


@given(TEXTS, st.integers(1, 12), EMS)
def test_fitting_again_changes_nothing(text, lines, ems):
    fitted = whole_sentences(text, lines=lines, ems=ems)
    assert whole_sentences(fitted, lines=lines, ems=ems) == fitted


@given(TEXTS, st.integers(1, 12), EMS)
def test_what_has_room_is_whole(text, lines, ems):
    words = " ".join(text.split())
    if line_count(words, ems=ems) <= lines:
        assert whole_sentences(text, lines=lines, ems=ems) == words


@given(TEXTS, st.integers(1, 11), EMS)
def test_more_lines_never_show_less(text, lines, ems):
    fewer, more = (whole_sentences(text, lines=n, ems=ems) for n in (lines, lines + 1))
    assert len(fewer.removesuffix(CUT)) <= len(more)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One thing. Another thing that is too long to fit.", "One thing."),
        ("Ask Dr. Elinor Ostrom. She knew it from long study.", "Ask Dr. Elinor Ostrom."),
        ("Share tools, e.g. Drills. Nobody needs ten of them.", "Share tools, e.g. Drills."),
        ("Why not? Because nobody asked those who would know.", "Why not?"),
        ("水をわける。みんなできめる。そのあとで、また、あつまって、はなす。", "水をわける。みんなできめる。"),
        ("Everybody who shares one well decides over it", "Everybody who shares one well …"),
    ],
)
def test_where_it_ends(text, expected):
    assert whole_sentences(text, lines=1, ems=16) == expected


def test_no_lines_no_text():
    assert whole_sentences("Words.", lines=0, ems=20) == ""
