"""A file of judged questions is read line by line; a bad line is named and costs nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.evaluation.questions import Judged, read


def lines(*rows):
    return [json.dumps(row) for row in rows]


def test_everything_but_the_question_may_be_missing():
    assert read(lines({"question": "Why?"})) == ([Judged("1", "unsorted", "Why?")], [])


def test_a_whole_row_is_read():
    row = {
        "id": "a", "kind": "graph", "question": " Who uses it? ", "expect": ["x"], "also_ok": ["y"],
        "expect_route": "graph",
        "answerable": False, "must_say": ["z"],
    }  # fmt: skip
    (judged,), _ = read(lines(row))
    assert judged == Judged("a", "graph", "Who uses it?", ("x",), ("y",), "graph", False, ("z",))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "it is no JSON"),
        ("[1]", "it is no JSON object"),
        ("{}", "it has no question"),
        ('{"question": 5.5, "expect": "x"}', "expect is no list of texts"),
        ('{"question": "a", "expect": [1]}', "expect is no list of texts"),
        ('{"question": "a", "expect_route": "fast"}', "there is no route “fast”"),
        ('{"question": "a", "answerable": "no"}', "answerable is neither true nor false"),
        ('{"question": ["a"]}', "question is no text"),
        ('{"question": "a", "id": "first"}', "its id “first” is that of an earlier line"),
        ('{"question": "a", "follows": "later"}', "it follows “later”"),
    ],
)
def test_a_bad_line_is_named_with_its_number(line, why):
    rows, (problem,) = read(['{"id": "first", "question": "b"}', "", line, '{"question": "c"}'])
    assert problem.startswith(f"Line 3 was left out: {why}")
    assert [row.question for row in rows] == ["b", "c"]


def test_a_question_may_follow_an_earlier_one():
    rows, problems = read(lines({"id": 1, "question": "a"}, {"question": "b", "follows": "1"}))
    assert (rows[1].follows, problems) == ("1", [])


texts = st.text(max_size=20)
values = st.one_of(st.none(), st.booleans(), texts, st.lists(texts, max_size=3), st.integers())
objects = st.dictionaries(st.sampled_from(["question", "id", "expect", "answerable", "follows"]), values).map(
    json.dumps
)


@given(st.lists(st.one_of(texts, objects), max_size=6))
def test_no_file_raises_and_no_line_is_lost(some):
    rows, problems = read(some)
    assert len(rows) + len(problems) == sum(bool(line.strip()) for line in some)
