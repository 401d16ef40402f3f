"""Write files of the newer generation, and change existing ones without touching what nobody changed."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from patterns.format.document import Document
from patterns.format.reading import parse

ORDER = (
    "id", "slug", "title", "aliases", "summary", "context_labels", "ontology", "lifecycle", "relationships",
    "graph_garden", "sources", "contributors", "license", "attribution",
)  # fmt: skip


class UnwritableError(ValueError):
    """A change would leave a file that no longer says what was asked; the sentence says which part."""


def author(front: Mapping[str, Any], body: str) -> Document:
    """Return a new document of the newer generation: known keys in the format's order, then the others.

    Values are texts, numbers, truths, None, lists and mappings with text keys; dates are written as texts.
    """
    ordered = {key: front[key] for key in ORDER if key in front} | {k: v for k, v in front.items() if k not in ORDER}
    text = "---\n" + _yaml(ordered) + "---\n\n" + body.lstrip("\n")
    return _checked(text, ordered)


def serialise(document: Document) -> str:
    """Return the file of `document`: for one that was read, its text to the character."""
    if document.text or not document.front:
        return document.text
    return author(document.front, document.body).text


def edit(document: Document, *, front: Mapping[str, Any] | None = None, body: str | None = None) -> Document:
    """Return `document` with the top-level keys in `front` set (None removes one) and the body replaced.

    Every line that belongs to no changed key stays as it is, comments and odd spacing included.
    """
    if not document.text:
        wanted = {k: v for k, v in {**document.front, **(front or {})}.items() if v is not None}
        return author(wanted, document.body if body is None else body)
    changes = {key: value for key, value in (front or {}).items() if not _same(document.front, key, value)}
    block = document.front_text
    newline = "\r\n" if "\r\n" in document.text[: document.body_start] else "\n"
    for key, value in changes.items():
        block = _with_key(block, key, value, newline=newline)
    head, rule = document.text[: document.front_start], document.text[document.front_end : document.body_start]
    new_body = document.body if body is None else body
    if new_body and not rule.endswith("\n"):
        rule += newline
    wanted = {k: v for k, v in {**document.front, **changes}.items() if v is not None or k not in changes}
    return _checked(head + block + rule + new_body, wanted)


def _same(front: Mapping[str, Any], key: str, value: Any) -> bool:
    return front.get(key) == value and (key in front or value is None)


def _with_key(block: str, key: str, value: Any, *, newline: str) -> str:
    written = "" if value is None else _yaml({key: value}).replace("\n", newline)
    span = _span(block, key)
    if span:
        return block[: span[0]] + written + block[span[1] :]
    if block and not block.endswith("\n"):
        block += newline
    return block + written


def _span(block: str, key: str) -> tuple[int, int] | None:
    """Return where `key` and its value stand, the comments and blank lines after it left out."""
    start = re.compile(rf"^(?:{re.escape(key)}|\"{re.escape(key)}\"|'{re.escape(key)}')[ \t]*:(?=\s|$)", re.MULTILINE)
    match = start.search(block)
    if not match:
        return None
    end = len(block)
    following = re.compile(r"^(?![\s#]|-(?:\s|$)|[}\]])", re.MULTILINE)
    if after := following.search(block, match.end()):
        end = after.start()
    stretch = block[match.start() : end]
    trailing = re.search(r"(?:^(?:#[^\n]*|[ \t\r]*)(?:\n|\Z))+\Z", stretch, re.MULTILINE)
    if trailing and trailing.start() > 0:
        end = match.start() + trailing.start()
    return match.start(), end


def _yaml(value: Mapping[str, Any]) -> str:
    if not value:
        return ""
    return yaml.dump(
        dict(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, default_flow_style=False
    )


class _Dumper(yaml.SafeDumper):
    """PyYAML's safe dumper, told to write no aliases (our own reader refuses them)."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True


def _checked(text: str, wanted: Mapping[str, Any]) -> Document:
    """Return `text` read back; a file that would not say what was meant is never written."""
    document = parse(text)
    if not document.readable or dict(document.front) != dict(wanted):
        wrong = [key for key in wanted if document.front.get(key) != wanted[key]]
        raise UnwritableError(f"These keys cannot be written as they are: {', '.join(map(str, wrong)) or 'none'}.")
    return document
