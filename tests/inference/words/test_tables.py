"""Comparisons: tables that a model writes, and the columns that the page shows."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from inference.showing.presenting import blocks
from inference.words.sentences import split
from inference.words.tables import compared

TABLE = """Here they are:

| Aspect | Consent | **Consensus** |
| --- | :---: | ---: |
| Cost | Low. [1] | High. [2] |
| Speed | Quick \\| easy. [1] | |

Choose well."""
STACKED = """## Cost

- **Consent**: Low. [1]
- **Consensus**: High. [2]

## Speed

- **Consent**: Quick. [1]
"""


def stored(text):
    return [vars(one) for one in split(text)]


def test_a_table_becomes_headings_with_named_items():
    assert [(one.form, one.label, one.text, one.citations) for one in split(TABLE)] == [
        ("text", "", "Here they are:", ()),
        ("heading", "", "Cost", ()),
        ("item", "Consent", "Low.", (1,)),
        ("item", "Consensus", "High.", (2,)),
        ("heading", "", "Speed", ()),
        ("item", "Consent", "Quick | easy.", (1,)),
        ("text", "", "Choose well.", ()),
    ]


def test_two_columns_are_a_list_of_names():
    text = "| Term | Meaning |\n|---|---|\n| Lot | Chance decides. [1] |\n| Vote | Heads decide. [2] |"
    assert [(one.form, one.label, one.text) for one in split(text)] == [
        ("item", "Lot", "Chance decides."),
        ("item", "Vote", "Heads decide."),
    ]


def test_a_table_without_a_head_loses_no_cell():
    assert {one.text for one in split("| A b | c d | e f |\n| g h | i j | k l |")} == {
        "A b",
        "c d",
        "e f",
        "g h",
        "i j",
        "k l",
    }


def test_headings_with_the_same_names_stand_in_columns():
    [table] = blocks(stored(STACKED))
    assert (table.tag, table.columns) == ("table", ("Consent", "Consensus"))
    assert [row.name for row in table.rows] == ["Cost", "Speed"]
    assert [[run[0].text if run else "" for _, run in row.cells] for row in table.rows] == [
        ["Low.", "High."],
        ["Quick.", ""],
    ]
    assert table.rows[0].cells[0][1][0].label == ""


def test_what_stands_around_a_comparison_stays():
    assert [one.tag for one in blocks(stored(f"Before.\n\n{STACKED}\n\nAfter.\n\n- One.\n- Two."))] == [
        "p",
        "table",
        "p",
        "ul",
    ]


def test_one_row_or_other_names_are_no_comparison():
    assert [one.tag for one in blocks(stored("## Cost\n\n- **A**: Low.\n- **B**: High."))] == ["h2", "ul"]
    assert [one.tag for one in blocks(stored("## One\n\n- Low.\n\n## Two\n\n- High."))] == ["h2", "ul", "h2", "ul"]
    many = "".join(f"## Row {n}\n\n- **Name {n}**: Text.\n\n" for n in range(5))
    assert "table" not in {one.tag for one in blocks(stored(many))[-4:]}


def test_steps_are_a_numbered_list():
    assert [one.tag for one in blocks(stored("1. Begin.\n2. Go on.\n\n- Rest."))] == ["ol", "ul"]


def test_why_an_item_was_chosen_claims_nothing_and_is_quiet():
    [item] = blocks(stored("- **Lot**: Chance decides. [1] (says “chance”)"))
    said, reason = item.items[0]
    assert (said.quiet, reason.quiet, reason.support) == (False, True, "")


@given(st.text(alphabet="|-:ab [1]\\\n*#", max_size=150))
@settings(deadline=None)
def test_no_table_fails(text):
    for block in blocks(stored(text)):
        assert block.tag


@given(st.lists(st.sampled_from(["heading", "item", "text"]), max_size=9), st.data())
@settings(deadline=None)
def test_tables_never_overlap(forms, data):
    labels = [data.draw(st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=1, max_size=3)) for _ in forms]
    found = compared(forms, labels)
    assert all(end <= other for (_, end, _), (other, *_) in itertools.pairwise(found))
