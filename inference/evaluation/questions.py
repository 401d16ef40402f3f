"""Reads a file of judged questions, one JSON object a line; a line that cannot be read costs only itself. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inference.types import RouteKind

UNSORTED = "unsorted"


class BadRow(ValueError):
    """A line that is no judged question; the message says why."""


@dataclass(frozen=True)
class Judged:
    """A question and what its answer should rest on.

    `expect` are slugs that should all be found, `also_ok` such as count when found but are not missed. `must_say` are
    phrases that stand in a good answer. `follows` is the id of an earlier row whose thread this question continues.
    """

    id: str
    kind: str
    question: str
    expect: tuple[str, ...] = ()
    also_ok: tuple[str, ...] = ()
    expect_route: str = ""
    answerable: bool = True
    must_say: tuple[str, ...] = ()
    follows: str = ""


def read(lines: Iterable[str]) -> tuple[list[Judged], list[str]]:
    """The questions in order, and a sentence for each line that is none. Only `question` must be there."""
    rows: list[Judged] = []
    problems: list[str] = []
    known: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _row(line, number)
            if row.id in known:
                raise BadRow(f"its id “{row.id}” is that of an earlier line")
            if row.follows and row.follows not in known:
                raise BadRow(f"it follows “{row.follows}”, and no earlier line that could be read has this id")
        except BadRow as problem:
            problems.append(f"Line {number} was left out: {problem}.")
            continue
        known.add(row.id)
        rows.append(row)
    return rows, problems


def _row(line: str, number: int) -> Judged:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise BadRow("it is no JSON") from None
    if not isinstance(found, dict):
        raise BadRow("it is no JSON object")
    question = _text(found, "question")
    if not question:
        raise BadRow("it has no question")
    route = _text(found, "expect_route")
    if route and route not in list(RouteKind):
        raise BadRow(f"there is no route “{route}”")
    if not isinstance(answerable := found.get("answerable", True), bool | None):
        raise BadRow("answerable is neither true nor false")
    return Judged(
        id=_text(found, "id") or str(number),
        kind=_text(found, "kind") or UNSORTED,
        question=question,
        expect=_texts(found, "expect"),
        also_ok=_texts(found, "also_ok"),
        expect_route=route,
        answerable=answerable is not False,
        must_say=_texts(found, "must_say"),
        follows=_text(found, "follows"),
    )


def _text(found: Mapping[str, Any], key: str) -> str:
    value = found.get(key)
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise BadRow(f"{key} is no text")
    return value.strip()


def _texts(found: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = found.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadRow(f"{key} is no list of texts")
    return tuple(one.strip() for one in value if one.strip())
