"""Editing by section: what nobody touched stays to the character, and two edits meet only in the same section."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns import editing
from patterns.format import parse

HEAD = "---\nid: pat_x\nslug: x\ntitle:   'A  well' # odd spacing\nsummary: Short.\nother: {a: 1}\n---\n"
BODY = "\nBefore.\n\n## Context\n\nOne.\n\n\n## Problem\nTwo.\n## Solution\n\nThree.  \n"


def document(body=BODY, head=HEAD):
    return parse(head + body)


def texts_of(doc):
    return [chunk.text for chunk in editing.chunks(doc)]


def same_front(doc):
    return {"title": doc.title, "summary": doc.front.get("summary", "")}


def edited(doc, index, text, **front):
    texts = texts_of(doc)
    texts[index] = text
    return parse(editing.assemble(doc, front=same_front(doc) | front, texts=texts))


def through_a_browser(text):
    return "\r\n".join(text.split("\n"))


bodies = st.lists(st.sampled_from(["## A\n", "## B\r\n", "text\n", "\n", "\r\n", "more  \r\n", "# C", "   ", "x"])).map(
    "".join
)


@given(bodies)
def test_a_form_sent_back_untouched_is_the_same_file(body):
    doc = document(body)
    texts = [through_a_browser(text) for text in texts_of(doc)]
    assert editing.assemble(doc, front=same_front(doc), texts=texts) == doc.text


@given(bodies, st.data())
def test_changing_one_section_leaves_every_other_to_the_character(body, data):
    doc = document(body)
    texts = texts_of(doc)
    if not texts:
        return
    index = data.draw(st.integers(0, len(texts) - 1))
    texts[index] = "## New\n\nwords"
    changed = parse(editing.assemble(doc, front=same_front(doc), texts=texts)).body
    old = editing._cut(doc.body, editing._starts(doc.body))
    assert changed.startswith("".join(old[:index]))
    assert changed.endswith("".join(old[index + 1 :]))


def test_chunks_carry_titles_and_the_text_before_the_first_heading():
    assert [(chunk.title, chunk.text) for chunk in editing.chunks(document())] == [
        ("", "Before."), ("Context", "## Context\n\nOne."), ("Problem", "## Problem\nTwo."),
        ("Solution", "## Solution\n\nThree.  "),
    ]  # fmt: skip


def test_an_edited_section_keeps_the_blank_lines_around_it():
    changed = edited(document(), 1, "## Context\n\nUno.")
    assert changed.text == (HEAD + BODY).replace("One.", "Uno.")


def test_a_file_with_windows_line_ends_keeps_them():
    doc = document(BODY.replace("\n", "\r\n"))
    assert edited(doc, 1, "## Context\n\nUno.").body == doc.body.replace("One.", "Uno.")


def test_an_emptied_section_is_removed():
    assert edited(document(), 2, "  ").body == BODY.replace("## Problem\nTwo.\n", "")


def test_a_new_summary_touches_no_other_line():
    changed = edited(document(), 1, "## Context\n\nOne.", summary="Longer.")
    assert changed.text == (HEAD + BODY).replace("summary: Short.", "summary: Longer.")


def test_a_form_of_another_pattern_is_refused():
    with pytest.raises(ValueError, match="sections"):
        editing.assemble(document(), front={}, texts=["one"])


def test_edits_of_different_sections_are_merged():
    base = document()
    mine, theirs = edited(base, 1, "## Context\n\nUno."), edited(base, 3, "## Solution\n\nTres.", summary="Theirs.")
    merged = editing.merge(base, mine, theirs)
    assert merged.conflicts == ()
    assert merged.text == theirs.text.replace("One.", "Uno.")


def test_an_edit_and_a_new_section_next_to_it_are_merged():
    base = document()
    theirs = parse(base.text.replace("## Problem", "## New\n\nNew.\n\n## Problem"))
    merged = editing.merge(base, edited(base, 1, "## Context\n\nUno."), theirs)
    assert merged.conflicts == ()
    assert "Uno." in merged.text
    assert "New." in merged.text


def test_edits_of_the_same_section_conflict_and_theirs_stays():
    base = document()
    mine, theirs = edited(base, 1, "## Context\n\nUno."), edited(base, 1, "## Context\n\nEins.")
    merged = editing.merge(base, mine, theirs)
    assert [(one.where, one.index) for one in merged.conflicts] == [("Context", 1)]
    assert merged.text == theirs.text
    assert editing.rebased_texts(merged, theirs)[1] == "## Context\n\nUno."


def test_words_for_a_section_they_took_out_are_not_lost():
    base = document()
    mine, theirs = edited(base, 1, "## Context\n\nUno."), edited(base, 1, "")
    merged = editing.merge(base, mine, theirs)
    assert len(merged.conflicts) == 1
    assert "Uno." in editing.rebased_texts(merged, theirs)[-1]


def test_the_same_edit_by_two_people_is_no_conflict():
    base = document()
    mine = edited(base, 1, "## Context\n\nUno.")
    assert editing.merge(base, mine, mine) == editing.Merge(mine.text)


def test_the_same_field_of_the_front_matter_conflicts():
    base = document()
    mine = edited(base, 0, "Before.", summary="Mine.")
    merged = editing.merge(base, mine, edited(base, 0, "Before.", summary="Theirs."))
    assert [(one.where, one.mine, one.theirs, one.field) for one in merged.conflicts] == [
        ("summary", "Mine.", "Theirs.", True)
    ]


@given(bodies, bodies)
def test_a_form_over_one_text_can_mean_another(one, other):
    base, mine = document(one), document(other)
    texts = editing.texts_over(base, mine)
    again = parse(editing.assemble(base, front=same_front(base), texts=texts))
    assert again.body.split() == mine.body.split()


@given(bodies, bodies)
def test_merging_with_an_untouched_base_is_what_the_other_wrote(one, other):
    base, changed = document(one), document(other)
    assert editing.merge(base, changed, base).text == changed.text
    assert editing.merge(base, base, changed).text == changed.text
