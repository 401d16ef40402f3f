"""Parts examples into training and validation so that nothing leaks: what shares a pattern stays on one side."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence

from feedback.dataset.example import Example

VALIDATION_SHARE = 0.1


def split(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """(training, validation), each in the order of ids.

    Examples that share a pattern, or ask the same question, form one group. Groups go to validation in the order of
    a hash of their names, as long as it stays within a tenth of the rows; so a group that validated one release
    tends to validate the next, and a single large group trains.
    """
    room = int(len(examples) * VALIDATION_SHARE)
    held_out: set[str] = set()
    for group in sorted(groups(examples), key=_lot):
        if len(group) <= room:
            room -= len(group)
            held_out.update(example.id for example in group)
    ordered = sorted(examples, key=lambda example: example.id)
    return [one for one in ordered if one.id not in held_out], [one for one in ordered if one.id in held_out]


def groups(examples: Sequence[Example]) -> list[list[Example]]:
    """Connected components of examples joined by a shared pattern or question."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = key = parent[parent[key]]
        return key

    for example in examples:
        first, *others = keys(example)
        for other in others:
            parent[root(other)] = root(first)
    found: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        found[root(keys(example)[0])].append(example)
    return list(found.values())


def keys(example: Example) -> list[str]:
    """What an example shares with others: its question, bare of case and punctuation, and the patterns it rests on."""
    asked = " ".join(re.findall(r"\w+", example.question.casefold()))
    return [f"question:{asked}", *sorted({f"pattern:{source.slug}" for source in example.sources})]


def _lot(group: Sequence[Example]) -> str:
    return min(hashlib.sha256(key.encode()).hexdigest() for example in group for key in keys(example))
