"""Finds the names of library entries in prose, exactly as they are called, in time with its length. Pure.

Questions are read by `naming`, which forgives slips and asks what they are about; prose names many things in passing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inference.names.table import LONGEST_NAME, Named, Names, normal

LONG_ENOUGH = 9  # letters of a name of one word; shorter ones are mostly just words
_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` is the name of `entry`."""

    start: int
    end: int
    entry: Named


def mentions(text: str, names: Names) -> Iterator[Mention]:
    """The names in `text`, in order, the longest where several begin at one word; no word counts twice."""
    found = list(_WORD.finditer(text))
    keys = [normal(match[0]) for match in found]
    place = 0
    while place < len(found):
        for length in range(min(LONGEST_NAME, len(found) - place), 0, -1):
            key = tuple(keys[place : place + length])
            entry = names.by_words.get(key)
            if entry is not None and (length > 1 or len(key[0]) >= LONG_ENOUGH):
                yield Mention(found[place].start(), found[place + length - 1].end(), entry)
                place += length - 1
                break
        place += 1
