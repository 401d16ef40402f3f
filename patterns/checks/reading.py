"""What checks read of a proposal: its file and the one it changes, each parsed once, and its words piece by piece.

While somebody types, the same texts come again and again; the last few are remembered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from patterns import format as files
from patterns.enums import SubmissionKind
from patterns.format import Document
from patterns.format.document import text_of
from patterns.models import Submission

FILES = (SubmissionKind.NEW_PATTERN, SubmissionKind.EDIT, SubmissionKind.LIGHTHOUSE)
EMPTY = "---\n---\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a proposal and where they stand: a form field, and a section of the text where it is one."""

    text: str
    field: str = ""
    section: str = ""


def document_of(submission: Submission) -> Document:
    """The proposed file, read."""
    return _parsed(submission.text)


def base_of(submission: Submission) -> Document:
    """The file as it was when the author began; an empty one for what is new."""
    return _parsed(submission.based_on.source if submission.based_on else EMPTY)


def pieces(submission: Submission) -> tuple[Piece, ...]:
    """The words somebody wrote: those of a file that stood there before are left out, they are not this author's."""
    found = list(_of_file(submission.text)) if submission.kind in FILES else [Piece(submission.text, "text")]
    found.append(Piece(submission.note, "note"))
    if submission.kind not in FILES:
        found += [Piece(text, key) for key, text in submission.payload.items() if isinstance(text, str)]
    before = {piece.text.strip() for piece in _of_file(submission.based_on.source)} if submission.based_on else set()
    return tuple(piece for piece in found if piece.text.strip() and piece.text.strip() not in before)


@lru_cache(maxsize=8)
def _of_file(text: str) -> tuple[Piece, ...]:
    return tuple(_read(_parsed(text)))


def _read(document: Document) -> Iterator[Piece]:
    for name in ("title", "summary"):
        yield Piece(text_of(document.front.get(name)), name)
    others = {key: value for key, value in document.front.items() if key not in {"title", "summary"}}
    yield Piece("\n".join(_texts(others)), "front")
    body = document.body
    for section in document.sections:
        yield Piece(body[section.start : section.end], "text", section.name)


def _texts(value: Any) -> Iterator[str]:
    """Every text in the values of a front matter; keys are the format's, not the author's."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


@lru_cache(maxsize=8)
def _parsed(text: str) -> Document:
    return files.parse(text)
