"""Splitting prose into sentences without breaking abbreviations, initials, numbers and lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.words.sentences import sentences, split


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Dr. Abbe worked in Jena. He left.", ["Dr. Abbe worked in Jena.", "He left."]),
        ("See e.g. Ostrom for more. Then act.", ["See e.g. Ostrom for more.", "Then act."]),
        ("It was J. R. Ackoff who said so. He was right.", ["It was J. R. Ackoff who said so.", "He was right."]),
        ("It grew by 3.5 percent. Then it fell.", ["It grew by 3.5 percent.", "Then it fell."]),
        ("1. Write the purpose. 2. Choose the lock.", ["1. Write the purpose.", "2. Choose the lock."]),
        ("Said so. [1] Next one. [2]", ["Said so. [1]", "Next one. [2]"]),
        ("Is it so? Yes! Good…", ["Is it so?", "Yes!", "Good…"]),
        ('"It ends." Then more.', ['"It ends."', "Then more."]),
        ("no capital. after the stop", ["no capital. after the stop"]),
        ("", []),
    ],
)
def test_sentences(paragraph, expected):
    assert list(sentences(paragraph)) == expected


@given(st.text(max_size=300))
def test_sentences_lose_nothing(paragraph):
    assert " ".join(sentences(paragraph)).replace(" ", "") == "".join(paragraph.split())


def test_blocks_and_forms_are_kept():
    text = "# Heading\nFirst part\ncontinues.\n\nThese are used:\n- **Consent**: no objection. [1]\n- Second [2]"
    found = split(text)
    assert [(s.form, s.label, s.text, s.citations, s.block) for s in found] == [
        ("heading", "", "Heading", (), 0),
        ("text", "", "First part continues.", (), 1),
        ("text", "", "These are used:", (), 2),
        ("item", "Consent", "no objection.", (1,), 3),
        ("item", "", "Second", (2,), 4),
    ]


def test_numbered_items_are_steps():
    assert [(s.form, s.text) for s in split("1. Begin small.\n2) Go on.")] == [
        ("step", "Begin small."),
        ("step", "Go on."),
    ]


@pytest.mark.parametrize(
    ("text", "label", "said"),
    [
        ("**Cost**: it is low. [1]", "Cost", "it is low."),
        ("**Cost:** it is low.", "Cost", "it is low."),
        ("**Cost** – it is low.", "Cost", "it is low."),
        ("- **Consent** [2]", "Consent", ""),
        ("**Consent** is a way to decide.", "", "Consent is a way to decide."),
        ("## **Cost**: low", "", "Cost: low"),
    ],
)
def test_a_name_is_a_name_only_before_what_it_names(text, label, said):
    assert [(s.label, s.text) for s in split(text)] == [(label, said)]


def test_a_name_alone_announces():
    assert [(s.label, s.text, s.support) for s in split("**How to start**:\n\n1. Begin.")] == [
        ("How to start", "", ""),
        ("", "Begin.", "unsupported"),
    ]


def test_headings_and_announcements_claim_nothing():
    assert [s.support for s in split("## Sources\n\nThey are:\n\n- One thing.")] == ["", "", "unsupported"]


def test_a_citation_alone_belongs_to_the_sentence_before():
    assert [(s.text, s.citations) for s in split("It is so.\n\n[2]")] == [("It is so.", (2,))]


def test_emphasis_is_taken_out():
    assert split("A *steward* holds the **votes** and `keys`.")[0].text == "A steward holds the votes and keys."


@given(st.text(alphabet="ab.AB [1]2*#-\n:", max_size=120))
def test_split_never_fails(text):
    for sentence in split(text):
        assert sentence.text or sentence.label
