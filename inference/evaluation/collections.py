"""Reads a judged collection in BEIR's layout: `corpus.jsonl`, `queries.jsonl`, and `qrels.tsv` or `qrels/test.tsv`.

Layout: https://github.com/beir-cellar/beir/wiki/Load-your-custom-dataset. What cannot be read is said with its file
and line, and nothing is measured: a figure over half a collection would look like one over all of it.
"""

import json
from collections.abc import Collection as Set
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, Final

JUDGMENTS: Final = ("qrels.tsv", "qrels/test.tsv")


class BadCollection(Exception):
    """A folder is no judged collection; the message is a sentence with the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a collection; `title` may be empty."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, the questions somebody judged, and by question the gain of each document, always above 0."""

    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    judgments: Mapping[str, Mapping[str, float]]


def read(folder: Path) -> Collection:
    """Read the collection in `folder`. Raises `BadCollection`."""
    if not folder.is_dir():
        raise BadCollection(f"There is no folder {folder}.")
    documents = {}
    for place, row in _rows(folder / "corpus.jsonl"):
        pk = _id(row, place, known=documents)
        documents[pk] = Document(pk, _text(row, "title", place), _text(row, "text", place))
    queries: dict[str, str] = {}
    for place, row in _rows(folder / "queries.jsonl"):
        pk = _id(row, place, known=queries)
        queries[pk] = _text(row, "text", place)
        if not queries[pk].strip():
            raise BadCollection(f"{place}: the question has no text.")
    file = next((folder / name for name in JUDGMENTS if (folder / name).is_file()), None)
    if file is None:
        raise BadCollection(f"{folder} has no judgments: there is neither {' nor '.join(JUDGMENTS)}.")
    judgments = _judgments(file, documents, queries)
    judged = {pk: text for pk, text in queries.items() if pk in judgments}
    return Collection(tuple(documents.values()), judged, judgments)


def _judgments(file: Path, documents: Set[str], queries: Set[str]) -> dict[str, dict[str, float]]:
    judgments: dict[str, dict[str, float]] = {}
    first = True
    for place, line in _lines(file):
        fields = line.split("\t") if "\t" in line else line.split()
        head, first = first, False
        if len(fields) != 3:
            raise BadCollection(f"{place}: expected a question, a document and a score, found {len(fields)} fields.")
        query, document, written = (field.strip() for field in fields)
        try:
            gain = float(written)
            if not isfinite(gain):
                raise ValueError(written)
        except ValueError:
            if head:
                continue  # the line that names the columns
            raise BadCollection(f"{place}: the score “{written}” is no number.") from None
        if query not in queries:
            raise BadCollection(f"{place}: the question “{query}” is not in queries.jsonl.")
        if document not in documents:
            raise BadCollection(f"{place}: the document “{document}” is not in corpus.jsonl.")
        if gain > 0:
            judgments.setdefault(query, {})[document] = gain
    if not judgments:
        raise BadCollection(f"{file} judges no document to be relevant, so there is nothing to measure.")
    return judgments


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    found = False
    for place, line in _lines(file):
        try:
            row = json.loads(line)
        except ValueError as problem:
            raise BadCollection(f"{place}: this is not JSON ({problem}).") from problem
        if not isinstance(row, dict):
            raise BadCollection(f"{place}: expected an object with `_id` and `text`.")
        found = True
        yield place, row
    if not found:
        raise BadCollection(f"{file} is empty.")


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    """Each line that says something, and its place in words."""
    if not file.is_file():
        raise BadCollection(f"There is no file {file}.")
    number = 0
    try:
        with file.open(encoding="utf-8-sig") as opened:
            for number, line in enumerate(opened, start=1):
                if line.strip():
                    yield f"{file}, line {number}", line.rstrip("\n")
    except UnicodeDecodeError as problem:
        raise BadCollection(f"{file}, after line {number}: this is not UTF-8 ({problem.reason}).") from problem
    except OSError as problem:
        raise BadCollection(f"{file} cannot be read: {problem.strerror}.") from problem


def _id(row: Mapping[str, Any], place: str, *, known: Set[str]) -> str:
    pk = row.get("_id")
    if isinstance(pk, bool) or not isinstance(pk, str | int) or not str(pk).strip():
        raise BadCollection(f"{place}: there is no `_id`.")
    if (pk := str(pk).strip()) in known:
        raise BadCollection(f"{place}: the `_id` “{pk}” is used twice.")
    return pk


def _text(row: Mapping[str, Any], key: str, place: str) -> str:
    value = row.get(key)
    if value is None and key == "title":
        return ""
    if not isinstance(value, str):
        raise BadCollection(f"{place}: `{key}` is missing or no text.")
    return value.replace("\0", " ")
