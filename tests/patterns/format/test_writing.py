"""What is written reads back as it was meant, and what nobody changed stays to the byte."""

from hypothesis import assume, given
from hypothesis import strategies as st

from patterns.format import author, edit, parse, serialise

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
scalars = st.one_of(
    texts,
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.none(),
    st.sampled_from(
        ["no", "2026-02-01", "1:30", "0o17", "08", "1e5", "*star", "&a", "a: b", "#", "- x", "---", " lead"]
    ),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12
)
keys = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
fronts = st.dictionaries(keys, values, min_size=1, max_size=6)
bodies = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)

FILE = """---
# GROUP 1: who it is
id: pat_a
slug: a
title: 'A'   # a remark
aliases: [x,   y]

# GROUP 2: what it joins
relationships:
  enables:
    - slug: b    # why
      weight: 0.50
  requires: []
license: CC-BY-SA-4.0
---

# A

Text with trailing space   \n"""


@given(fronts, bodies)
def test_an_authored_file_says_what_it_was_given(front, body):
    document = author(front, body)
    again = parse(serialise(document))
    assert again.front == front
    assert again.body.lstrip("\n") == body.lstrip("\n")


@given(fronts, bodies, keys, values)
def test_an_edit_changes_one_key_and_no_other(front, body, key, value):
    document = author(front, body)
    expected = {k: v for k, v in {**front, key: value}.items() if k != key or v is not None or front.get(k, 1) is None}
    assume(expected)  # a file must keep something to say
    edited = edit(document, front={key: value})
    assert edited.front == expected
    assert edited.body == document.body


@given(st.text(max_size=300))
def test_any_text_parses_and_serialises_to_itself(text):
    assert serialise(parse(text)) == text


def test_an_untouched_file_is_the_same_to_the_byte():
    assert serialise(edit(parse(FILE))) == FILE


def test_a_value_set_to_what_it_is_changes_nothing():
    assert serialise(edit(parse(FILE), front={"title": "A", "aliases": ["x", "y"]})) == FILE


def test_an_edit_keeps_comments_and_spacing_of_other_keys():
    changed = serialise(edit(parse(FILE), front={"title": "B: the second"}))
    assert changed == FILE.replace("title: 'A'   # a remark", "title: 'B: the second'")


def test_an_edit_of_relationships_leaves_the_rest():
    relationships = {"enables": [{"slug": "b", "weight": 0.5}, {"slug": "c"}], "requires": []}
    changed = serialise(edit(parse(FILE), front={"relationships": relationships}))
    assert changed.startswith(FILE[: FILE.index("relationships:")])
    assert changed.endswith(FILE[FILE.index("license:") :])
    assert [one.slug for one in parse(changed).references] == ["b", "c"]


def test_a_key_set_to_none_goes():
    changed = serialise(edit(parse(FILE), front={"aliases": None}))
    assert changed == FILE.replace("aliases: [x,   y]\n", "")


def test_a_new_key_comes_last_and_the_body_stays():
    changed = serialise(edit(parse(FILE), front={"summary": "Short."}))
    assert changed == FILE.replace("license: CC-BY-SA-4.0\n", "license: CC-BY-SA-4.0\nsummary: Short.\n")


def test_a_new_body_leaves_the_front_matter():
    document = edit(parse(FILE), body="\nOther words.\n")
    assert serialise(document) == FILE[: parse(FILE).body_start] + "\nOther words.\n"


def test_windows_line_ends_stay():
    text = FILE.replace("\n", "\r\n")
    changed = serialise(edit(parse(text), front={"license": "CC0-1.0"}))
    assert changed == text.replace("license: CC-BY-SA-4.0", "license: CC0-1.0")


def test_an_authored_file_is_of_the_newer_generation_with_its_keys_in_order():
    document = author({"license": "CC-BY-SA-4.0", "title": "T", "relationships": {"enables": []}, "id": "pat_t"}, "x")
    assert list(document.front) == ["id", "title", "relationships", "license"]
    assert document.generation == "newer"
