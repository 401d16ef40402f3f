"""The figures of an evaluation, by hand."""

import pytest

from inference.evaluation.questions import Judged
from inference.evaluation.scores import Found, figures


def judged(**fields):
    return Judged(**{"id": "1", "kind": "direct", "question": "q", **fields})


def found(*ranked, route="direct", outcome="answer", text="", sentences=0, supported=0, first=None, total=1.0):
    return Found(route, outcome, ranked, text, sentences, supported, first, total)


def of(*rows, kind="direct"):
    return figures(rows)["kinds"][kind]


def test_a_hit_is_the_first_slug_that_counts():
    told = of((judged(expect=("b", "c"), also_ok=("x",)), found("a", "x", "b")))
    assert (told["hit@1"], told["hit@5"], told["mrr"], told["recall"]) == (0.0, 1.0, 0.5, 0.5)


def test_a_miss_counts_in_every_share():
    told = of((judged(expect=("b",)), found("b")), (judged(expect=("c",)), found("b", "d")))
    assert (told["n"], told["hit@1"], told["hit@5"], told["recall"], told["mrr"]) == (2, 0.5, 0.5, 0.5, 0.5)


def test_a_sixth_place_is_no_hit_at_five():
    assert of((judged(expect=("f",)), found(*"abcdef")))["hit@5"] == 0.0


def test_a_kind_that_expects_nothing_has_no_share():
    told = of((judged(), found("a")))
    assert (told["hit@1"], told["route"], told["must_say"]) == (None, None, None)


def test_the_route_is_judged_where_one_is_expected():
    some = [
        (judged(expect_route="graph"), found(route="graph")),
        (judged(expect_route="graph"), found()),
        (judged(), found()),
    ]
    assert of(*some)["route"] == 0.5


def test_phrases_are_sought_however_written():
    told = of(
        (judged(must_say=("One  vote",)), found(text="… one vote each")), (judged(must_say=("two",)), found(text="one"))
    )
    assert told["must_say"] == 0.5


@pytest.mark.parametrize(
    ("rows", "precision", "recall"),
    [
        ([(False, "none"), (False, "nearest"), (True, "answer")], 1.0, 1.0),
        ([(False, "answer"), (True, "nearest")], 0.0, 0.0),
        ([(False, "none"), (True, "none"), (False, "answer")], 0.5, 0.5),
        ([(True, "answer")], None, None),
        ([(False, "failed")], None, 0.0),
    ],
)
def test_saying_that_there_is_no_answer(rows, precision, recall):
    told = figures([(judged(answerable=answerable), found(outcome=outcome)) for answerable, outcome in rows])
    assert told["no_answer"] == {"precision": precision, "recall": recall}


def test_support_and_times_are_of_all_questions():
    told = figures(
        [(judged(), found(sentences=3, supported=2, first=10, total=20)), (judged(), found(sentences=1, total=40))]
    )
    assert (told["supported"], told["first_token_ms"], told["total_ms"], told["failed"]) == (0.5, 10, 30, 0)
