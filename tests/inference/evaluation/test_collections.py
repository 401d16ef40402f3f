"""A judged collection is read whole, or it is said what is wrong with it and where."""

import json

import pytest

from inference.evaluation.collections import BadCollection, read


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, "corpus.jsonl", {"_id": "d1", "title": "Bay", "text": "Fish."}, {"_id": "d2", "text": "Bread."})
    write(tmp_path, "queries.jsonl", {"_id": "q1", "text": "who may fish"}, {"_id": "q2", "text": "nobody judged this"})
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\n")
    return tmp_path


def write(folder, name, *rows):
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_judged_questions_and_relevant_documents_are_read(folder):
    found = read(folder)
    assert [(one.id, one.title, one.text) for one in found.documents] == [("d1", "Bay", "Fish."), ("d2", "", "Bread.")]
    assert found.queries == {"q1": "who may fish"}
    assert found.judgments == {"q1": {"d1": 1.0}}


def test_judgments_may_lie_in_a_folder_of_their_own(folder):
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert read(folder).judgments == {"q1": {"d1": 1.0}}


def test_judgments_without_a_head_blank_lines_and_a_byte_order_mark_are_read(folder):
    (folder / "qrels.tsv").write_text("\ufeffq1\td1\t2\r\n\r\n")
    assert read(folder).judgments == {"q1": {"d1": 2.0}}


def test_ids_may_be_numbers(folder):
    write(folder, "corpus.jsonl", {"_id": 1, "text": "Fish."})
    write(folder, "queries.jsonl", {"_id": 7, "text": "fish"})
    (folder / "qrels.tsv").write_text("7\t1\t1\n")
    assert read(folder).judgments == {"7": {"1": 1.0}}


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("corpus.jsonl", None, "There is no file .*corpus.jsonl"),
        ("corpus.jsonl", "", "corpus.jsonl is empty"),
        ("corpus.jsonl", '{"_id": "d1", "text": "a"}\n{broken\n', "corpus.jsonl, line 2: this is not JSON"),
        ("corpus.jsonl", "[1]\n", "line 1: expected an object"),
        ("corpus.jsonl", '{"text": "a"}\n', "line 1: there is no `_id`"),
        (
            "corpus.jsonl",
            '{"_id": "a", "text": "a"}\n{"_id": "a", "text": "b"}\n',
            "line 2: the `_id` “a” is used twice",
        ),
        ("corpus.jsonl", '{"_id": "d1"}\n', "line 1: `text` is missing"),
        ("queries.jsonl", None, "There is no file .*queries.jsonl"),
        ("queries.jsonl", '{"_id": "q1", "text": " "}\n', "line 1: the question has no text"),
        ("qrels.tsv", None, "has no judgments: there is neither qrels.tsv nor qrels/test.tsv"),
        ("qrels.tsv", "q1\td1\n", "qrels.tsv, line 1: expected a question, a document and a score"),
        ("qrels.tsv", "q1\td1\t1\nq1\td2\tx\n", "line 2: the score “x” is no number"),
        ("qrels.tsv", "q9\td1\t1\n", "line 1: the question “q9” is not in queries.jsonl"),
        ("qrels.tsv", "q1\td9\t1\n", "line 1: the document “d9” is not in corpus.jsonl"),
        ("qrels.tsv", "a\tb\tc\n", "judges no document to be relevant"),
        ("qrels.tsv", "q1\td1\t0\n", "judges no document to be relevant"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(folder, file, text, said):
    (folder / file).unlink() if text is None else (folder / file).write_text(text)
    with pytest.raises(BadCollection, match=said):
        read(folder)


def test_a_file_in_another_encoding_is_said(folder):
    (folder / "queries.jsonl").write_bytes(b'{"_id": "q1", "text": "caf\xe9"}\n')
    with pytest.raises(BadCollection, match="not UTF-8"):
        read(folder)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BadCollection, match="There is no folder"):
        read(tmp_path / "nowhere")
