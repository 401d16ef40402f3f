"""Sections in a form: what nobody touched stays to the character, whatever else is moved, renamed, added, taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.format import parse
from patterns.texts.sections import split
from patterns.writing.arranging import MOST, arranged
from patterns.writing.parts import OPENING, Part, body_of, parts_of

HEAD = "---\ntitle: x\n---\n"
NUMBERED = "\nOpen.\n\n### Section 1: A\n\naa\n\n\n### Section 2: B (150-300 words)\nbb  \n### Section 3: C\n\ncc"
LINES = [
    "## A\n", "## Section 1: B\r\n", "### Section 1: B\n", "### **2. C**\n", "text\n", "\n", "\r\n", "more  \r\n",
    "# C", "   ", "x", "| a |\n", "##\n", "## D ##\n", "\u200fعنوان\n",
]  # fmt: skip
bodies = st.lists(st.sampled_from(LINES)).map("".join)


def through_a_browser(parts):
    return [Part(one.id, one.name, "\r\n".join(one.text.split("\n")), one.level) for one in parts]


def body(text=NUMBERED):
    return parse(HEAD + text)


@given(bodies)
def test_a_form_sent_back_untouched_is_the_same_body(text):
    document = body(text)
    assert body_of(document, through_a_browser(parts_of(document))) == text


@given(bodies, st.data())
def test_new_words_in_one_section_leave_every_other_to_the_character(text, data):
    document = body(text)
    parts = list(parts_of(document))
    at = data.draw(st.integers(0, len(parts) - 1))
    one = parts[at]
    parts[at] = Part(one.id, one.name, "other words", one.level)
    changed = body_of(document, parts)
    if one.id == OPENING:
        assert changed.endswith(text[split(text)[0].start :] if split(text) else "")
        return
    section = split(text)[one.place]
    assert changed.startswith(text[: section.start])
    assert changed.endswith(text[section.end :])
    assert "other words" in changed


@given(
    bodies, st.lists(st.sampled_from(["up-0", "up-1", "up-2", "down-0", "down-1", "out-1", "out-2", "back-1", "add"]))
)
def test_however_sections_are_arranged_no_words_are_lost(text, steps):
    document = body(text)
    parts, out = parts_of(document), ()
    words = sorted(one.text for one in parts)
    for step in steps:
        made = arranged(parts, out, step=step, name="New")
        parts, out = made.parts, made.out
    assert sorted(one.text for one in (*parts, *out) if one.place is not None or one.id == OPENING) == words
    written = body_of(document, parts)
    for one in parts:
        assert one.text in written.replace("\r\n", "\n")


def test_the_names_are_those_of_readers():
    assert [(one.name, one.text, one.level) for one in parts_of(body())] == [
        ("", "Open.", 0), ("A", "aa", 3), ("B", "bb  ", 3), ("C", "cc", 3)
    ]  # fmt: skip


def test_a_text_without_an_opening_gets_a_place_for_one():
    document = body("## A\n\naa\n")
    parts = parts_of(document)
    assert (parts[0].id, parts[0].level) == (OPENING, 0)
    filled = (Part(OPENING, "", "What it is.", 0), *parts[1:])
    assert body_of(document, filled) == "What it is.\n\n## A\n\naa\n"


def test_a_renamed_section_keeps_its_level_and_number():
    parts = list(parts_of(body()))
    parts[1] = Part("1", "Where it\n stands", "aa", 3)
    assert body_of(body(), parts) == NUMBERED.replace("### Section 1: A", "### Section 1: Where it stands")


def test_an_emptied_name_keeps_the_old_one():
    parts = list(parts_of(body()))
    parts[1] = Part("1", "  ", "aa", 3)
    assert body_of(body(), parts) == NUMBERED


def test_numbers_follow_the_order():
    made = arranged(parts_of(body()), (), step="up-3")
    assert [line for line in body_of(body(), made.parts).split("\n") if line.startswith("#")] == [
        "### Section 1: A", "### Section 2: C", "### Section 3: B (150-300 words)"
    ]  # fmt: skip
    gone = arranged(made.parts, (), step="out-1")
    grown = arranged(gone.parts, gone.out, step="add", name=" Known   Uses ")
    assert [line for line in body_of(body(), grown.parts).split("\n") if line.startswith("#")] == [
        "### Section 1: C", "### Section 2: B (150-300 words)", "### Section 3: Known Uses"
    ]  # fmt: skip


def test_numbers_that_do_not_count_are_left_alone():
    document = body("## 4. A\n\naa\n\n## 7. B\n\nbb\n")
    made = arranged(parts_of(document), (), step="up-1")
    assert [line for line in body_of(document, made.parts).split("\n") if line.startswith("#")] == [
        "## 7. B",
        "## 4. A",
    ]


def test_a_section_moves_with_those_below_it():
    document = body("## A\n\n### A1\n\n## B\n\n### B1\n")
    made = arranged(parts_of(document), (), step="down-0")
    assert [one.name for one in made.parts] == ["", "B", "B1", "A", "A1"]


def test_nothing_moves_before_the_opening_text():
    parts = parts_of(body())
    assert arranged(parts, (), step="up-1").parts == parts
    assert arranged(parts, (), step="down-0").parts == parts


def test_a_form_holds_so_many_sections_and_no_more():
    parts = tuple(Part(f"n{number}", "", "") for number in range(1, MOST + 1))
    assert arranged(parts, (), step="add").parts == parts


@pytest.mark.parametrize("step", ["preview", "", "up", "up-", "up-x", "sideways-1", "out-1; DROP"])
def test_another_button_arranges_nothing(step):
    assert arranged(parts_of(body()), (), step=step) is None


def test_a_section_of_another_text_is_refused():
    with pytest.raises(ValueError, match="sections"):
        body_of(body(), [Part("9", "A", "aa")])


def test_a_file_with_windows_line_ends_keeps_them():
    document = body(NUMBERED.replace("\n", "\r\n"))
    parts = [Part(one.id, one.name, one.text.replace("aa", "a\na"), one.level) for one in parts_of(document)]
    assert body_of(document, parts) == document.body.replace("aa", "a\r\na")
