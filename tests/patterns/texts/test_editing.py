"""Two people's edits of one text: they meet only in the same section or field, and nothing is lost there."""

from hypothesis import given
from hypothesis import strategies as st

from patterns.format import parse
from patterns.texts import editing
from patterns.writing import fields, fieldsets
from patterns.writing.parts import body_of, parts_of

HEAD = "---\nid: pat_x\nslug: x\ntitle:   'A  well' # odd spacing\nsummary: Short.\nother: {a: 1}\n---\n"
BODY = "\nBefore.\n\n## Context\n\nOne.\n\n\n## Problem\nTwo.\n## Solution\n\nThree.  \n"


def document(body=BODY, head=HEAD):
    return parse(head + body)


def edited(doc, index, text, **front):
    from patterns.format import edit

    parts = list(parts_of(doc))
    name, words = (text.partition("\n")[0].lstrip("# "), text.partition("\n")[2].strip()) if index else ("", text)
    if index and not text:
        parts = parts[:index] + parts[index + 1 :]
    else:
        parts[index] = type(parts[index])(parts[index].id, name, words, parts[index].level)
    changed = fields.changed_front(doc.front, fieldsets.PATTERN, front)
    return edit(doc, front=changed, body=body_of(doc, parts))


bodies = st.lists(st.sampled_from(["## A\n", "## B\r\n", "text\n", "\n", "\r\n", "more  \r\n", "# C", "   ", "x"])).map(
    "".join
)


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


def test_words_for_a_section_they_took_out_are_not_lost():
    base = document()
    mine, theirs = edited(base, 1, "## Context\n\nUno."), edited(base, 1, "")
    merged = editing.merge(base, mine, theirs)
    assert len(merged.conflicts) == 1
    assert (merged.conflicts[0].index, "Uno." in merged.conflicts[0].mine) == (-1, True)


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
def test_merging_with_an_untouched_base_is_what_the_other_wrote(one, other):
    base, changed = document(one), document(other)
    assert editing.merge(base, changed, base).text == changed.text
    assert editing.merge(base, base, changed).text == changed.text


def fronts(base, mine, theirs):
    merged = editing.merge(*(parse(f"---\n{front}---\n") for front in (base, mine, theirs)))
    return dict(parse(merged.text).front), merged.conflicts


def test_different_keys_of_one_mapping_are_merged():
    front, conflicts = fronts(
        "ontology:\n  domain: a\n  cross_domains: [x]\n",
        "ontology:\n  domain: b\n  cross_domains: [x]\n",
        "ontology:\n  domain: a\n  cross_domains: [y]\n  new: 1\n",
    )
    assert (front, conflicts) == ({"ontology": {"domain": "b", "cross_domains": ["y"], "new": 1}}, ())


def test_the_same_key_inside_a_mapping_is_a_conflict_with_its_path():
    front, conflicts = fronts("ontology: {domain: a}\n", "ontology: {domain: b}\n", "ontology: {domain: c}\n")
    assert front == {"ontology": {"domain": "c"}}
    assert [(one.where, one.mine, one.theirs, one.field) for one in conflicts] == [("ontology.domain", "b", "c", True)]


def test_lists_are_merged_by_item():
    front, conflicts = fronts("sources: [a, b]\n", "sources: [a, mine]\n", "sources: [a, b, theirs]\n")
    assert (front, conflicts) == ({"sources": ["a", "theirs", "mine"]}, ())


def test_a_key_i_took_out_is_gone_when_nobody_touched_it():
    assert fronts("a: 1\nb: 2\n", "a: 1\n", "a: 1\nb: 2\nc: 3\n") == ({"a": 1, "c": 3}, ())
