"""What may take the place of the live index: it is whole, and it finds what bears a name as well as before."""

import pytest

from inference.indexing.gate import TOLERANCE, Counts, decide
from inference.indexing.known_items import Named, figures, known_items, place, wordings

GOOD = {"mrr": 0.8, "recall": 0.9, "mrr_meaning": 0.6, "recall_meaning": 0.8}
EQUAL = {"questions": 100, "new": GOOD, "live": GOOD}
WHOLE = Counts(passages=100)


def test_an_equal_index_that_is_whole_passes():
    assert decide(WHOLE, EQUAL).passed


def test_a_little_worse_is_within_the_tolerance():
    assert decide(WHOLE, EQUAL | {"new": {name: GOOD[name] - by / 2 for name, by in TOLERANCE.items()}}).passed


@pytest.mark.parametrize("name", sorted(TOLERANCE))
def test_worse_is_refused_with_its_figures(name):
    verdict = decide(WHOLE, EQUAL | {"new": EQUAL["new"] | {name: 0.5}})
    assert not verdict.passed
    assert ("finds less by meaning alone. Of" if "meaning" in name else "finds less. Of 100 questions") in verdict.says


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Counts(passages=100, missing=2), "2 entries are missing"),
        (Counts(passages=100, emptied=1), "1 entries have lost all their passages"),
        (Counts(passages=100, waiting=3), "3 of its passages are not embedded"),
        (Counts(passages=100, failed=30), "30 of its passages have no vector"),
    ],
)
def test_an_index_that_is_not_whole_is_refused(counts, said):
    verdict = decide(counts, EQUAL)
    assert not verdict.passed
    assert said in verdict.says


def test_one_passage_in_a_thousand_may_be_without_a_vector():
    assert decide(Counts(passages=1000, failed=1), EQUAL).passed


def test_a_pattern_is_asked_for_by_each_of_its_names():
    bay = Named(1, "bay", "Shared bay", ["Common fishery"], ["Joint venture"], "Fishers share.")
    asked = {item.kind: item.query for item in known_items([bay])}
    assert asked == {
        "title": "Shared bay",
        "alias": "Common fishery",
        "wording": "Joint venture",
        "summary": "Fishers share.",
    }


def test_patterns_of_one_name_both_answer_to_it():
    found = known_items([Named(1, "a", "Circle"), Named(2, "b", "circle")])
    assert [item.patterns for item in found] == [frozenset({1, 2})] * 2


def test_the_sample_is_the_same_every_time():
    patterns = [Named(number, f"p{number}", f"Title {number}") for number in range(50)]
    first = known_items(patterns, sample=10)
    assert known_items(reversed(patterns), sample=10) == first
    assert len(first) == 10


def test_a_place_counts_patterns_and_not_passages():
    assert place([5, 5, None, 5, 7], frozenset({7})) == 2
    assert place(range(20), frozenset({9})) == 10
    assert place(range(20), frozenset({10})) == 0


def test_the_figures_are_those_of_the_field():
    assert figures([1, 2, 0, 0]) == {"mrr": 0.375, "recall": 0.5}
    assert figures([]) == {"mrr": 0.0, "recall": 0.0}


def test_wordings_are_read_from_whatever_a_file_says():
    assert wordings({"context_labels": {"corporate": "Team of teams", "tech": None, "activist": " "}}) == [
        "Team of teams"
    ]
    assert wordings({"context_labels": "none"}) == wordings({}) == []
