"""Citation marks that arrive in pieces, and what counts as support."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.checking.citations import Numbering, check
from tests.factories.evidence import evidence


def numbered(pieces, known=9):
    numbering = Numbering(known)
    return "".join([*(numbering.feed(piece) for piece in pieces), numbering.flush()]), numbering.used


def test_numbers_follow_the_order_of_first_use():
    assert numbered(["Later [4]. Earlier [2] and again [4]."]) == ("Later [1]. Earlier [2] and again [1].", [4, 2])


def test_a_mark_split_across_tokens_is_one_mark():
    assert numbered(["True [", "1", "2", "] so"], known=12) == ("True [1] so", [12])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Unknown [12].", "Unknown."),
        ("Mixed [1, 12].", "Mixed [1]."),
        ("Range [2-4].", "Range [1][2][3]."),
        ("Both [1][2].", "Both [1][2]."),
        ("Wide 【3】.", "Wide [1]."),
        ("Zero [0].", "Zero."),
        ("Not a mark [a] [ ].", "Not a mark [a] [ ]."),
        ("Open [1", "Open [1"),
    ],
)
def test_marks(text, expected):
    assert numbered([text])[0] == expected


@given(st.text(alphabet="ab [1]234,-【】", max_size=60), st.data())
def test_the_cut_never_matters(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert numbered(pieces) == numbered([text])


def test_nothing_is_shown_that_may_still_become_a_mark():
    numbering = Numbering(3)
    assert numbering.feed("So it is [") == "So it is"
    assert numbering.feed("7") == ""
    assert numbering.feed("]. Next") == ". Next"


SOURCE = evidence("A steward holds the votes of a company in trust since 1889.", title="Steward Ownership")


@pytest.mark.parametrize(
    ("text", "support"),
    [
        ("A steward holds votes of the company in trust [1].", "supported"),
        ("The steward of a company votes on dividends and sales [1].", "weak"),
        ("Penguins swim across cold oceans every winter [1].", "unsupported"),
        ("A steward holds the votes in trust since 1925 [1].", "weak"),
        ("Penguins swim across cold oceans every winter.", "unsupported"),
        ("Stewards hold:", ""),
    ],
)
def test_support(text, support):
    assert [s.support for s in check(text, [SOURCE]).sentences] == [support]


def test_an_uncited_sentence_is_tied_to_the_source_that_supports_it():
    [sentence] = check("A steward holds the votes in trust.", [evidence("Nothing here."), SOURCE]).sentences
    assert (sentence.citations, sentence.support) == ((2,), "supported")


def test_a_citation_of_a_source_that_is_not_there_is_dropped():
    assert check("Penguins swim far away [7].", [SOURCE]).sentences[0].citations == ()


def test_a_mark_stands_for_the_sentences_before_it_in_its_paragraph():
    other = evidence("A steward holds the votes in trust. Nobody may sell the votes of a steward.", title="Other")
    first, last = check(
        "A steward holds the votes in trust. Nobody may sell the votes of a steward. [2]", [SOURCE, other]
    ).sentences
    assert first.citations == last.citations == (2,)


@pytest.mark.parametrize(
    ("text", "support"),
    [
        ("The passages do not say how many stewards there are.", ""),
        ("The library has no passage about it.", ""),
        ("The library does not allow penguins.", "unsupported"),
        ("The passages do not say it, but penguins can fly far away.", "unsupported"),
    ],
)
def test_saying_that_the_library_has_nothing_claims_nothing(text, support):
    assert [s.support for s in check(text, [SOURCE]).sentences] == [support]


def test_the_name_of_a_part_is_no_claim_but_any_other_name_is():
    text = "A steward holds the votes of a company in trust"
    assert check(f"**When not to use it**: {text} [1].", [SOURCE]).sentences[0].support == "supported"
    assert check(f"**Penguins, Whales and Sharks**: {text} [1].", [SOURCE]).sentences[0].support == "weak"


def test_the_name_of_an_item_may_stand_in_what_its_other_sentence_cites():
    sources = [
        evidence("OKRs complement Open Books."),
        evidence("Participatory Budgeting complements Open Books."),
    ]
    text = "- **Participatory Budgeting**: OKRs complement Open Books. [1] Participatory Budgeting complements it. [2]"
    assert [one.support for one in check(text, sources).sentences] == ["supported", "supported"]


def test_a_short_sentence_is_covered_by_the_mark_of_the_next_one_that_its_source_supports():
    sources = [evidence("Map your workflow. The first step is to draw how work flows.")]
    step = "The first step is to draw how work flows. [1]"
    first, _, third, _ = check(f"- Map your workflow. {step}\n- Buy boats. {step}", sources).sentences
    assert (first.support, third.support) == ("supported", "unsupported")
