"""Turn the text of a Commons OS file into a `Document`: everything it says, and everything wrong with it."""

from collections.abc import Mapping
from typing import Any

from patterns.format.document import Document, Generation, Problem, Severity
from patterns.format.front import read_front
from patterns.format.nested import read_nested
from patterns.format.references import read_inferred, read_references

LIMIT = 4 * 1024 * 1024  # characters; the largest file of the public library has 337,258
NEWER_KEYS = ("relationships", "lifecycle", "ontology", "graph_garden", "context_labels")
OLDER_KEYS = ("classification", "enables", "requires", "related", "generalizes_from", "specializes_to")


def parse(text: str) -> Document:
    """Return what `text` says. Never raises: what cannot be read is said in `problems`, with its line."""
    if len(text) > LIMIT:
        return _unread(text, 1, f"is longer than {LIMIT:,} characters")
    if (position := text.find("\x00")) >= 0:
        return _unread(text, text.count("\n", 0, position) + 1, "holds a NUL character, which no text may hold")
    front = read_front(text)
    references, reference_problems = read_references(front.value, front.lines)
    nested, nested_problems = read_nested(text, front.body_start)
    return Document(
        text=text,
        front=front.value,
        front_start=front.start,
        front_end=front.end,
        body_start=front.body_start,
        generation=generation_of(front.value),
        references=references,
        inferred=read_inferred(front.value, front.lines),
        nested=nested,
        problems=(*front.problems, *reference_problems, *nested_problems),
    )


def generation_of(front: Mapping[str, Any]) -> Generation:
    """Tell the generation by the keys only one of them has."""
    if any(key in front for key in NEWER_KEYS):
        return Generation.NEWER
    if any(key in front for key in OLDER_KEYS):
        return Generation.OLDER
    return Generation.UNKNOWN


def line_of_item(document: Document, key: str, position: int) -> int | None:
    """Return the line (from 1) of the item at `position` of the front matter's list `key`, or None."""
    return read_front(document.text).lines.get((key, position))


def _unread(text: str, line: int, reason: str) -> Document:
    return Document(text=text, problems=(Problem(line, reason, Severity.ERROR),))
