"""Bring two people's edits of one text together: what only one of them changed is taken, what both did is a conflict.

Pure. Bodies are merged section by section, front matters key by key, mappings inside them too, and lists line by line;
of the same place nothing is ever overwritten in silence.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from patterns.format import Document, edit
from patterns.texts.sections import split

FIELDS = ("title", "summary")  # what changes show first of the front matter


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people changed the same place: which section, or which `field` of the front matter, and what each wrote.

    `index` is the section's place in *their* text, -1 when they took it out. A field inside a mapping is named with
    its path: `ontology.domain`.
    """

    where: str
    mine: str
    theirs: str
    index: int = -1
    field: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """`text` is the whole file with both edits; where they conflict it has theirs."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Document, mine: Document, theirs: Document) -> Merge:
    """Carry the change from `base` to `mine` over to `theirs`, section by section."""
    old, ours, other = (_cut(one.body, _starts(one.body)) for one in (base, mine, theirs))
    taken = _changes(old, other)
    wanted = [one for one in _changes(old, ours) if one not in taken]
    met = {one: [there for there in taken if _meet(there, one)] for one in wanted}
    conflicts = tuple(_conflict(old, other, one, there) for one, there in met.items() if there)
    pieces, done = [], 0
    for start, end, text in sorted([*taken, *(one for one in wanted if not met[one])], key=lambda one: one[:2]):
        pieces += [*old[done:start], text]
        done = end
    body = "".join([*pieces, *old[done:]])
    front, clashes = _merged_front(base, mine, theirs)
    text = edit(theirs, front=front, body=body).text if front or body != theirs.body else theirs.text
    return Merge(text, (*clashes, *conflicts))


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return `(start, end, text)`: which chunks of `old` became which text."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i1, i2, "".join(new[j1:j2])) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _meet(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """True when two changes touch the same chunk, or both insert at one place."""
    if one[0] == one[1] or other[0] == other[1]:
        return one[0] <= other[1] and other[0] <= one[1] and (one[:2] == other[:2] or _inside(one, other))
    return one[0] < other[1] and other[0] < one[1]


def _inside(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return other[0] < one[0] < other[1] or one[0] < other[0] < one[1]


def _conflict(
    old: Sequence[str],
    other: Sequence[str],
    mine: tuple[int, int, str],
    touching: Sequence[tuple[int, int, str]],
) -> Conflict:
    """Name the section both changed, and find it among theirs."""
    their_text = "".join(text for _, _, text in touching)
    named = split("".join(old[mine[0] : mine[1]]) or mine[2])
    index = next((place for place, text in enumerate(other) if text in their_text), -1)
    return Conflict(named[0].name if named else "", mine[2], their_text, index=index)


def _merged_front(base: Document, mine: Document, theirs: Document) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
    """Return the top-level keys of `theirs` that change, and where both changed the same."""
    merged, clashes = _merged_mapping(base.front, mine.front, theirs.front, path="")
    keys = dict.fromkeys([*theirs.front, *merged])
    return {key: merged.get(key) for key in keys if merged.get(key) != theirs.front.get(key)}, tuple(clashes)


def _merged_mapping(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], *, path: str
) -> tuple[dict[str, Any], list[Conflict]]:
    merged, clashes = dict(theirs), []
    for key in dict.fromkeys([*base, *mine]):
        before, wanted, now = base.get(key), mine.get(key), theirs.get(key)
        if wanted in (before, now):
            continue
        where = f"{path}{key}"
        if now == before:
            value, found = wanted, []
        else:
            value, found = _merged_value(before, wanted, now, where=where)
        clashes += found
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = value
    return merged, clashes


def _merged_value(before: Any, wanted: Any, now: Any, *, where: str) -> tuple[Any, list[Conflict]]:
    """Merge one value both changed: mappings by key, lists by item; else it is a conflict, and theirs stays."""
    if all(isinstance(one, Mapping) for one in (wanted, now)) and isinstance(before, Mapping | None):
        return _merged_mapping(before or {}, wanted, now, path=f"{where}.")
    if all(isinstance(one, list) for one in (wanted, now)) and isinstance(before, list | None):
        return _merged_list(before or [], wanted, now), []
    return now, [Conflict(where, _as_text(wanted), _as_text(now), field=True)]


def _merged_list(before: list[Any], wanted: list[Any], now: list[Any]) -> list[Any]:
    """What they have, without what I took out, and with what I added at the end."""
    old, mine, theirs = ([_as_text(item) for item in one] for one in (before, wanted, now))
    gone = set(old) - set(mine)
    kept = [item for item, said in zip(now, theirs, strict=True) if said not in gone]
    new = [item for item, said in zip(wanted, mine, strict=True) if said not in old and said not in theirs]
    return kept + new


def _as_text(value: Any) -> str:
    if isinstance(value, list | Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else str(value)


def _starts(body: str) -> list[int]:
    """Where each chunk begins: blank text before the first section is part of it, an empty body is one chunk."""
    return [0, *(section.start for section in split(body)[1:])]


def _cut(body: str, starts: Sequence[int]) -> list[str]:
    return [body[start:end] for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]
