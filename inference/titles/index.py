"""Every name of the library, laid out so that the few a query may mean are found without looking at all of them. Pure.

Names are numbered with titles first and short ones before long ones, so that a list cut short keeps the likeliest.
"""

import bisect
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from inference.words.folding import fold

LONGEST = 300  # characters of a name or a query that are read; titles are no longer
MOST_WORDS = 16  # of a query or a name that are compared one by one
SHORTEST_WITH_SLIP = 4  # letters; in fewer, a slip makes another word
SHORTEST_WITH_TWO = 8


class How(IntEnum):
    """As what a name stands in the library; the lowest says most."""

    TITLE = 0
    ALIAS = 1
    SLUG = 2
    WORDING = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A pattern or lighthouse as it may be called. `note` tells apart what is called alike: a domain, a country."""

    kind: str
    id: int
    slug: str
    title: str
    names: tuple[tuple[How, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entry, folded; `joined` is its words without what stands between them."""

    entry: Entry
    how: How
    text: str
    words: tuple[str, ...]
    joined: str


class TitleIndex:
    """Names by their words, by their beginnings and by their length. Built once, then only read."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.names = sorted(_names(entries), key=lambda name: (name.how, len(name.joined), name.text, name.entry.id))
        holders: dict[str, list[int]] = defaultdict(list)
        lengths: dict[int, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names):
            for word in set(name.words):
                holders[word].append(number)
            lengths[len(name.joined)].append(number)
        self._holders = dict(holders)
        self._vocabulary = sorted(holders)
        self._by_start = sorted((name.joined, number) for number, name in enumerate(self.names))
        self._lengths = {
            length: ([self.names[number].joined for number in numbers], numbers) for length, numbers in lengths.items()
        }
        self._rarity = {word: math.log(1 + len(self.names) / len(held)) for word, held in holders.items()}
        self._starts: dict[int, list[str]] = {}

    def having_any(self, words: Iterable[str], *, most: int) -> list[int]:
        """Return the numbers of names that have one of `words`, the likeliest first, at most `most`."""
        held = [self._holders[word][:most] for word in words]
        return sorted(set().union(*held))[:most] if len(held) > 1 else held[0] if held else []

    def having_all(self, known: Sequence[Mapping[str, int]], *, most: int) -> Iterator[tuple[int, int]]:
        """Yield `(number, slips)` of names that have a word of each of `known`, the slips added up.

        At most `most` names are looked at, those that have one of the rarest words.
        """
        if not known or not all(known):
            return
        rarest = min(known, key=lambda words: sum(len(self._holders[word]) for word in words))
        for number in self.having_any(rarest, most=most):
            words = self.names[number].words
            slips = 0
            for accepted in known:
                least = min((accepted[word] for word in words if word in accepted), default=None)
                if least is None:
                    break
                slips += least
            else:
                yield number, slips

    def has(self, word: str) -> bool:
        return word in self._holders

    def rarity(self, word: str) -> float:
        """Return how much `word` tells one name from another, 0 to about 10."""
        return self._rarity.get(word) or math.log(1 + len(self.names))

    def beginning(self, joined: str, *, most: int) -> list[int]:
        """Return the numbers of at most `most` names that begin with `joined`."""
        first = bisect.bisect_left(self._by_start, (joined,))
        last = bisect.bisect_left(self._by_start, (_after(joined),))
        return [number for _, number in self._by_start[first : min(last, first + most)]]

    def continuing(self, word: str) -> list[str]:
        """Return the words that begin with `word`, itself among them."""
        first = bisect.bisect_left(self._vocabulary, word)
        return self._vocabulary[first : bisect.bisect_left(self._vocabulary, _after(word))]

    def misspelt(self, word: str, *, slips: int, unfinished: bool) -> dict[str, int]:
        """Return the words that are `word` with at most `slips` slips, and how many; also longer ones, if unfinished.

        A slip is a letter too many, too few, wrong, or swapped with the next: optimal string alignment.
        """
        near = process.extract(word, self._vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=None)
        found = {other: count for other, count, _ in near}
        if unfinished:
            for length in range(len(word) - 1, len(word) + 2):
                starts = self._beginnings(length)
                near = process.extract(word, starts, scorer=OSA.distance, score_cutoff=slips, limit=None)
                for start, count, _ in near:
                    for other in self.continuing(start):
                        found[other] = min(count, found.get(other, count))
        return found

    def whole(self, joined: str, *, slips: int) -> list[tuple[int, int]]:
        """Return `(number, slips)` of the names that are `joined` with at most `slips` slips."""
        found = []
        for length in range(len(joined) - slips, len(joined) + slips + 1):
            texts, numbers = self._lengths.get(length, ((), ()))
            near = process.extract(joined, texts, scorer=OSA.distance, score_cutoff=slips, limit=None)
            found += [(numbers[place], count) for _, count, place in near]
        return found

    def _beginnings(self, length: int) -> list[str]:
        """Return what the words of more than `length` letters begin with, each once."""
        known = self._starts.get(length)
        if known is None:
            cut = [word[:length] for word in self._vocabulary if len(word) > length]
            known = cut[:1] + [second for first, second in pairwise(cut) if second != first]
            self._starts[length] = known
        return known


def slips_forgiven(word: str) -> int:
    """Return how many letters of `word` may differ: none, one or two, by its length."""
    return (len(word) >= SHORTEST_WITH_SLIP) + (len(word) >= SHORTEST_WITH_TWO)


def _names(entries: Iterable[Entry]) -> Iterable[Name]:
    for entry in entries:
        seen = set()
        for how, text in entry.names:
            words = tuple(word.folded for word in fold(text[:LONGEST]))
            whole = "".join(words)
            if whole and whole not in seen:
                seen.add(whole)
                yield Name(entry, how, text, words[:MOST_WORDS], whole)


def _after(text: str) -> str:
    """Return the least text that comes after everything that begins with `text`."""
    return text[:-1] + chr(ord(text[-1]) + 1) if ord(text[-1]) < 0x10FFFF else text + "\U0010ffff"
