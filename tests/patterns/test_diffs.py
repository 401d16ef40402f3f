"""Diffs by section and word."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.diffs import Effort, changes_between, diff_bodies, diff_lines, diff_words
from patterns.diffs.effort import MOST_LINES
from patterns.diffs.steps import steps
from patterns.format import parse
from patterns.texts.sections import split

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


def test_a_very_long_line_is_shown_whole_and_says_so():
    before, after = "a " * 12_000, "b " * 12_000
    assert [piece.state for piece in diff_words(before, after)][:2] == ["removed", "added"]
    kept = "same words at both ends "
    (line,) = diff_lines(kept * 900 + "a " * 3_000, kept * 900 + "a b " * 3_000)
    assert line.coarse


FEW = random.Random(1)


def words(count, of):
    return " ".join(f"w{FEW.randrange(of)}" for _ in range(count))


HOSTILE = {
    "one line": lambda: "## A\n\n" + words(84_000, 900),
    "one line of five words": lambda: "## A\n\n" + words(110_000, 5),
    "many middling lines": lambda: "## A\n\n" + "\n".join(words(60, 900) for _ in range(400)),
    "lines of a word": lambda: "## A\n\n" + "\n".join(words(1, 3) for _ in range(80_000)),
    "lines all different": lambda: "## A\n\n" + "\n".join(words(1, 20_000) for _ in range(55_000)),
    "the same heading": lambda: "\n".join(f"## A\n\n{words(3, 9)}" for _ in range(20_000)),
    "other headings": lambda: "\n".join(f"## {words(2, 4000)}\n\n{words(3, 9)}" for _ in range(12_000)),
    "padded tables": lambda: "## A\n\n" + "\n".join(f"| {words(5, 50)}{' ' * 180_000} |" for _ in range(10)),
    "one word, often": lambda: "## A\n\n" + "\n".join("a " * random.Random(3).randrange(1, 60) for _ in range(3_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_texts_made_to_be_slow_are_compared_in_reasonable_time(text):
    """A guard against running for minutes, with room for a slow machine; measured are 0.6 s at most."""
    texts = text(), text()
    started = time.process_time()
    found = diff_bodies(*texts)
    assert time.process_time() - started < 6
    assert sum(1 for section in found for line in section.lines if not line.cut and line.state != "same") <= MOST_LINES


def test_lines_that_are_too_many_are_counted():
    before, after = (f"## A\n\n{chr(10).join(f'{word} {n}' for n in range(9_000))}" for word in ("left", "right"))
    (section,) = diff_bodies(before, after)
    shown = [line for line in section.lines if line.state in {"added", "removed", "changed"} and not line.cut]
    assert section.coarse
    assert len(shown) + sum(line.cut for line in section.lines) >= 9_000


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b", "c", " ", "d e"]), max_size=40),
    st.lists(st.sampled_from(["a", "b", "d e"]), max_size=40),
    st.sampled_from([0, 300, 10_000]),
)
def test_steps_hold_both_texts_whatever_the_effort(before, after, left):
    found, _ = steps(before, after, effort=Effort(left=left), junk=lambda item: not item.strip())
    assert [item for _, i, j, _, _ in found for item in before[i:j]] == before
    assert [item for _, _, _, i, j in found for item in after[i:j]] == after
    assert all(before[i:j] == after[k:m] for tag, i, j, k, m in found if tag == "equal")


BODIES = st.lists(
    st.tuples(
        st.sampled_from(["", "# One", "## Two", "## Three (2-3 words)", "```", "| a | b |"]),
        st.text("ab\n |`", max_size=20),
    ),
    max_size=6,
).map(lambda parts: "\n".join(f"{head}\n{text}" for head, text in parts))


@settings(max_examples=60, deadline=None)
@given(BODIES, BODIES)
def test_what_is_the_same_and_what_is_added_is_the_new_body(before, after):
    """To the character of every line that is not blank, sections in the order of the new text."""
    told = [
        line.text
        for section in diff_bodies(before, after)
        if section.state != "removed"
        for shown in (section.lines or unchanged(section, after))
        for line in (shown.folded or (shown,))
        if line.state != "removed"
    ]
    assert told == [line for line in after.splitlines() if line.strip()]


def unchanged(section, body):
    """A section that is the same carries no lines: read them from the body."""
    (found,) = [one for one in split(body) if (one.anchor, one.name) == (section.anchor, section.title)]
    return diff_lines(*[body[found.start : found.end]] * 2) and [
        line for line in diff_lines(*[body[found.start : found.end]] * 2) if line.text.strip()
    ]


def test_a_moved_section_is_named_as_moved_and_keeps_its_words():
    found = diff_bodies(
        BODY, "## Solution\n\nWrite the rules down.\nRead them aloud.\n\n## Context\n\nA well in a village.\n"
    )
    assert sorted(section.moved for section in found) == [False, True]
    assert {section.state for section in found} <= {"same", "moved", "changed"}


def test_a_renamed_section_is_found_among_new_ones():
    after = BODY.replace("## Context", "## Why\n\nOther words.\n\n## Where it fits")
    found = diff_bodies(BODY, after)
    assert [(section.title, section.was, section.state) for section in found] == [
        ("Why", "", "added"), ("Where it fits", "Context", "changed"), ("Solution", "", "same"),
    ]  # fmt: skip


def test_lines_that_belong_together_are_paired_although_one_stands_before_them():
    lines = diff_lines(
        "Ask the people who know.\nWrite it down.",
        "First of all, breathe.\nAsk the people who really know.\nWrite it down soon.",
    )
    assert [line.state for line in lines] == ["added", "changed", "changed"]
    assert [(line.before, line.after) for line in lines] == [(0, 1), (1, 2), (2, 3)]


def test_code_tables_and_headings_are_told_apart():
    lines = diff_lines("", "## A\n\n```py\n# no heading\n```\n\n| a | b |\ntext")
    assert [line.form for line in lines if line.text] == ["heading", "code", "code", "code", "table", "text"]


def test_padding_of_a_table_is_not_shown():
    (line,) = diff_lines(f"| a{' ' * 180_000}|", f"| b{' ' * 180_000}|")
    assert sum(len(piece.shown) for piece in line.pieces) < 40


def test_front_matter_is_compared_in_words():
    before = parse(
        "---\ntitle: A\naliases: [one, two]\nrelationships:\n  enables:\n    - slug: x\n      weight: 1\n---\n"
    )
    after = parse(
        "---\ntitle: A\naliases: [one, three]\nrelationships:\n  enables:\n    - slug: y\n      weight: 1\n---\n"
    )
    changes = changes_between(before, after)
    assert [(field.name, bool(field.label)) for field in changes.fields] == [("aliases", True), ("relationships", True)]
    assert [line.text for line in changes.fields[0].lines if line.state != "same"] == ["• three"]
