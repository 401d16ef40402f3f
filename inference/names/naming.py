"""Finds the names of library entries in a question, exactly or with a typo. Pure: the names are handed in.

Longest names first; of the words that are left, one-word names only where the question is about them (`salience`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from inference.names.salience import is_asked_about, is_written_as_name, telling
from inference.names.slips import corrections
from inference.names.table import LONGEST_NAME, Named, Names, gather, joined, normal
from inference.types import Entity

__all__ = ["Named", "Names", "exact", "find", "gather", "namesakes"]

MOST = 6  # entities of one question
READ = 400  # words read of a question
SLIPS_WITHIN = 80  # words in which slips are looked for
SLIPPED = 6  # words of a question that are looked up with a slip
_BESIDE = frozenset(("and", "or", "a", "an", "the", "vs"))
_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    entry: Named
    score: float
    sure: bool


class _Question:
    """A question taken apart once: its words as written, as compared, and what stands between them."""

    def __init__(self, text: str) -> None:
        matches = list(_WORD.finditer(text))[:READ]
        self.text = text
        self.spans = [(match.start(), match.end()) for match in matches]
        self.lower = [match[0].lower().removesuffix("'s").removesuffix("’s") for match in matches]
        self.keys = [normal(match[0]) for match in matches]
        edges = [0, *(end for _, end in self.spans)]
        starts = [*(start for start, _ in self.spans), len(text)]
        self.gaps = [text[edge:start] for edge, start in zip(edges, starts, strict=True)]

    def __len__(self) -> int:
        return len(self.keys)


def find(question: str, names: Names) -> tuple[Entity, ...]:
    """What `question` names, in the order it does: longest names first, no word counted twice, typos forgiven."""
    asked = _Question(question)
    taken = [False] * len(asked)
    found: list[_Found] = []
    candidates = [*_exact(asked, names), *_misspelt(asked, names)]
    for one in sorted(candidates, key=lambda one: one.start - one.end):  # of equally long ones those spelt right
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = [True] * (one.end - one.start)
            found.append(one)
    found.sort(key=lambda one: one.start)
    once: dict[tuple[str, int], Entity] = {}
    for one in _meant(asked, found):
        entry = one.entry
        matched = question[asked.spans[one.start][0] : asked.spans[one.end - 1][1]]
        once.setdefault(
            (entry.kind, entry.id), Entity(entry.kind, entry.id, entry.slug, entry.title, matched, one.score)
        )
    return tuple(once.values())[:MOST]


def exact(name: str, names: Names) -> Named | None:
    """The entry called `name`, however that is capitalised, hyphenated or put in the plural."""
    return names.by_words.get(tuple(normal(word) for word in _WORD.findall(name))[:LONGEST_NAME])


def namesakes(entity: Entity, names: Names) -> list[Named]:
    """Other entries that are called as `entity` was, or is: libraries describe some things more than once."""
    found: dict[str, Named] = {}
    for said in (entity.matched, entity.title):
        key = tuple(normal(word) for word in _WORD.findall(said))[:LONGEST_NAME]
        found |= {
            one.slug: one for one in names.namesakes.get(key, ()) if (one.kind, one.slug) != (entity.kind, entity.slug)
        }
    return list(found.values())


def _exact(asked: _Question, names: Names) -> Iterator[_Found]:
    for start, end in _stretches(len(asked)):
        key = tuple(asked.keys[start:end])
        entry = (
            names.by_words.get(key)
            or names.by_joined.get(joined(key))
            or names.by_initials.get(_written_initials(asked, start, end))
        )
        if entry is not None:
            yield _Found(start, end, entry, 100.0, _sure(asked, entry, start, end))


def _misspelt(asked: _Question, names: Names) -> Iterator[_Found]:
    """Stretches that are a name once the words no name has are put right."""
    odd = {
        place: near
        for place, word in enumerate(asked.keys[:SLIPS_WITHIN])
        if word not in names.vocabulary and (near := corrections(word, names))
    }
    if not odd or len(odd) > SLIPPED:
        return
    for start, end in _stretches(len(asked)):
        slipped = [place for place in range(start, end) if place in odd]
        if not slipped:
            continue
        for chosen in product(*(odd[place] for place in slipped)):
            put_right = dict(zip(slipped, chosen, strict=True))
            key = tuple(put_right.get(place, (asked.keys[place], 0))[0] for place in range(start, end))
            entry = names.by_words.get(key) or names.by_joined.get(joined(key))
            if entry is None:
                continue
            slips = sum(count for _, count in chosen)
            score = round(100 * (1 - slips / max(1, len("".join(key)))), 1)
            yield _Found(start, end, entry, score, _sure(asked, entry, start, end))
            break


def _sure(asked: _Question, entry: Named, start: int, end: int) -> bool:
    if telling(asked.lower[start:end]) > 1 or entry.kind == "lighthouse":
        return True
    if len(asked) == end - start or is_written_as_name(asked.text, asked.spans[start][0], asked.spans[end - 1][1]):
        return True
    # A word that questions are made of is no name in small letters.
    return telling(asked.lower[start:end]) > 0 and is_asked_about(asked.lower, asked.gaps, start, end)


def _meant(asked: _Question, found: Sequence[_Found]) -> list[_Found]:
    """What is surely named, and what is listed beside it: in "burn rate and runway", runway is a name too."""
    sure = {one.start for one in found if one.sure}
    pairs = list(pairwise(found))
    for first, second in (*pairs, *reversed(pairs)):
        beside = all(word in _BESIDE for word in asked.lower[first.end : second.start])
        if beside and {first.start, second.start} & sure:
            sure |= {first.start, second.start}
    return [one for one in found if one.start in sure]


def _written_initials(asked: _Question, start: int, end: int) -> str:
    """`CBPP` where the question writes three capitals or more, with or without a plural ending."""
    if end - start != 1:
        return ""
    written = asked.text[slice(*asked.spans[start])].removesuffix("s")
    return written.lower() if len(written) > 2 and written.isupper() and written.isascii() else ""


def _stretches(count: int) -> Iterator[tuple[int, int]]:
    for length in range(min(LONGEST_NAME, count), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length
