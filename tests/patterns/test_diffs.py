"""Diffs by section and word."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.diffs import LONG_LINE, _line_steps, diff_bodies, diff_lines, diff_words

BODY = "## Context\n\nA well in a village.\n\n## Solution\n\nWrite the rules down.\nRead them aloud.\n"


def both(pieces):
    before = "".join(piece.text for piece in pieces if piece.state != "added")
    after = "".join(piece.text for piece in pieces if piece.state != "removed")
    return before, after


@given(st.text(max_size=200), st.text(max_size=200))
def test_pieces_hold_both_texts_to_the_character(before, after):
    assert both(diff_words(before, after)) == (before, after)


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_lines_hold_both_texts(before, after):
    lines = diff_lines(before, after)
    old = [both(line.pieces)[0] for line in lines if line.state != "added"]
    new = [both(line.pieces)[1] for line in lines if line.state != "removed"]
    assert (old, new) == (before.splitlines(), after.splitlines())


def test_only_the_words_that_changed_are_marked():
    pieces = diff_words("Write the rules down.", "Write our rules down together.")
    assert [(piece.state, piece.text) for piece in pieces] == [
        ("same", "Write "), ("removed", "the"), ("added", "our"), ("same", " rules down"), ("added", " together"),
        ("same", "."),
    ]  # fmt: skip


def test_neighbouring_changed_words_are_one_change():
    pieces = diff_words("keep the red house here", "keep the blue barn here")
    assert [(piece.state, piece.text) for piece in pieces][1:3] == [("removed", "red house"), ("added", "blue barn")]


def test_a_change_in_one_section_leaves_the_others_alone():
    found = diff_bodies(BODY, BODY.replace("village", "valley"))
    assert [(section.title, section.state) for section in found] == [("Context", "changed"), ("Solution", "same")]
    assert (found[0].added_words, found[0].removed_words) == (1, 1)


def test_a_new_section_is_added_and_a_lost_one_removed():
    found = diff_bodies(
        BODY, BODY.replace("## Solution", "## Answer\n\nYes.\n\n## Solution").replace("## Context", "## X")
    )
    assert ("Answer", "added") in [(section.title, section.state) for section in found]


def test_a_renamed_heading_is_one_changed_section():
    found = diff_bodies(BODY, BODY.replace("## Solution", "## What to do"))
    assert [(section.title, section.state) for section in found] == [("Context", "same"), ("What to do", "changed")]


def test_lines_far_from_a_change_are_counted_not_shown():
    long = "## A\n\n" + "\n".join(f"line {n}" for n in range(20)) + "\n"
    (section,) = diff_bodies(long, long.replace("line 19", "line nineteen"))
    assert [line.skipped for line in section.lines if line.skipped] == [19]


def test_two_lines_without_a_common_word_are_shown_apart():
    states = [line.state for line in diff_lines("Alpha beta gamma", "One two three four")]
    assert states == ["removed", "added"]


def test_a_very_long_line_is_shown_whole_in_reasonable_time():
    before, after = "a " * LONG_LINE * 3, "b " * LONG_LINE * 3
    assert [piece.state for piece in diff_words(before, after)][:2] == ["removed", "added"]


@pytest.mark.parametrize(("lines", "words"), [(400, 60), (60, 450), (8_000, 1), (1_500, 12)])
def test_texts_made_to_be_slow_are_compared_in_reasonable_time(lines, words):
    """A guard against running for minutes, with room for a slow machine."""
    few = random.Random(1)
    texts = [
        "## A\n\n" + "\n".join(" ".join(f"w{few.randrange(900)}" for _ in range(words)) for _ in range(lines))
        for _ in range(2)
    ]
    started = time.monotonic()
    diff_bodies(*texts)
    assert time.monotonic() - started < 15


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=9), st.lists(st.sampled_from(["a", "b"]), max_size=9))
def test_lines_compared_one_with_one_hold_both_texts_too(before, after):
    steps = _line_steps(before * 60, after * 60)
    assert [line for _, i, j, _, _ in steps for line in (before * 60)[i:j]] == before * 60
    assert [line for _, _, _, i, j in steps for line in (after * 60)[i:j]] == after * 60
