"""Ranks the names of the library against what somebody is typing: whole names, then beginnings, then slips. Pure.

Names are looked at in the order of how well they may fit, and no further than a fixed amount of work, so that one
letter and a long question cost about the same, and ten times the library little more.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from inference.titles.index import LONGEST, MOST_WORDS, Name, TitleIndex, slips_forgiven
from inference.words.folding import fold
from inference.words.vocabulary import STOP_WORDS, singular

MOST: Final = 8  # suggestions
WORK: Final = 3_000  # names looked at for one word of a query
WEIGHED: Final = 600  # names that share only a part of it and are weighed
SURE_PLACE: Final = 2  # a name that one slip away is the query stands no later, counted from 0
PART_OF_NAME: Final = 0.34  # of what two names say together, so much must be said by both

# How well a name fits, the lowest best; `How` is added, so that a title that holds the words comes before an alias or
# a wording that begins with them.
EXACT, BEGINS, HOLDS, NEARLY, MISSPELT, PART = 0, 4, 6, 8, 10, 20
HALF: Final = PART + 10  # what shares half of what it and the query say


@dataclass(frozen=True, slots=True)
class Match:
    """A name that fits. `fit` is 0 for the very title; `slips` are letters that differ."""

    name: Name
    fit: int
    slips: int


class _Query:
    """What is looked for, folded; `wanted` are the words that say something, unless none does."""

    def __init__(self, text: str) -> None:
        text = text[:LONGEST]
        self.text = text.strip()
        words = tuple(word.folded for word in fold(text))
        self.joined = "".join(words)
        self.words = words[:MOST_WORDS]
        self.unfinished = not text[-1:].isspace()

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        told = tuple(dict.fromkeys(word for word in self.words if word not in STOP_WORDS))
        return told or tuple(dict.fromkeys(self.words))


def rank(text: str, index: TitleIndex, *, limit: int = MOST, kind: str = "") -> tuple[Match, ...]:
    """Return the entries whose names fit `text`, each once by its best name, at most `limit`, best first.

    An exact title is always first. A name of six letters or more that is one slip away (a letter too many, too few,
    wrong, or swapped) is among the first three, unless three others are as near.
    """
    query = _Query(text)
    if not query.joined:
        return ()
    best: dict[tuple[str, int], tuple[tuple, Match]] = {}
    one_slip_away = set()
    for stage, least in _STAGES:
        if sum(key[0] < least for key, _ in best.values()) >= limit and stage is not _whole:
            continue  # nothing this stage could find would be shown
        if stage in _LAST_RESORTS and best:
            break
        for match in stage(query, index):
            entry = match.name.entry
            if kind and entry.kind != kind:
                continue
            key, identity = _order(match, query), (entry.kind, entry.id)
            if identity not in best or key < best[identity][0]:
                best[identity] = key, match
            if match.fit == NEARLY:
                one_slip_away.add(identity)
    ordered = [match for _, match in sorted(best.values(), key=lambda pair: pair[0])]
    return tuple(_with_the_near_title(ordered, one_slip_away)[:limit])


def _order(match: Match, query: _Query) -> tuple:
    """The lowest comes first; of equals the one written as the query is, then the shortest."""
    name = match.name
    unlike = name.text.casefold() != query.text.casefold()
    return match.fit, match.slips, name.how, unlike, len(name.joined), name.text, name.entry.kind, name.entry.id


def _with_the_near_title(ordered: list[Match], one_slip_away: set[tuple[str, int]]) -> list[Match]:
    """Bring the first title that is the query but for one slip into sight, where words that look alike precede it."""
    if ordered and ordered[0].fit == EXACT:
        return ordered
    for place, match in enumerate(ordered):
        if (match.name.entry.kind, match.name.entry.id) in one_slip_away:
            if place > SURE_PLACE:
                ordered.insert(SURE_PLACE, ordered.pop(place))
            break
    return ordered


def _beginning(query: _Query, index: TitleIndex) -> Iterator[Match]:
    """Names that are the query, or begin with it, whatever stands between their words."""
    for number in index.beginning(query.joined, most=WORK):
        name = index.names[number]
        fit = EXACT if name.joined == query.joined else BEGINS
        yield Match(name, fit + name.how, 0)


def _holding(query: _Query, index: TitleIndex) -> Iterator[Match]:
    """Names in which every word of the query begins some word, or is the plural of one."""
    known = [dict.fromkeys(_continuing(word, index), 0) for word in query.wanted]
    for number, slips in index.having_all(known, most=WORK):
        name = index.names[number]
        yield Match(name, HOLDS + name.how, slips)


def _whole(query: _Query, index: TitleIndex) -> Iterator[Match]:
    """Names that are the query but for a slip or two."""
    forgiven = slips_forgiven(query.joined)
    for number, slips in index.whole(query.joined, slips=forgiven) if forgiven else ():
        if slips:
            name = index.names[number]
            yield Match(name, NEARLY + slips - 1 + name.how, slips)


def _misspelt(query: _Query, index: TitleIndex) -> Iterator[Match]:
    """Names that have every word of the query, spelt with slips: first words that nothing begins with, then any."""
    whole = [dict.fromkeys(_continuing(word, index), 0) for word in query.wanted]
    near = [found or _near(word, query, index) for word, found in zip(query.wanted, whole, strict=True)]
    numbers = list(index.having_all(near, most=WORK))
    if not numbers:
        near = [_near(word, query, index) | found for word, found in zip(query.wanted, whole, strict=True)]
        numbers = list(index.having_all(near, most=WORK))
    for number, slips in numbers:
        if slips:
            name = index.names[number]
            yield Match(name, MISSPELT + min(slips, 4) + name.how, slips)


def _near(word: str, query: _Query, index: TitleIndex) -> dict[str, int]:
    if not (forgiven := slips_forgiven(word)):
        return {}
    unfinished = query.unfinished and word == query.words[-1]
    near = index.misspelt(word, slips=forgiven, unfinished=unfinished)
    return {other: slips for other, slips in near.items() if other not in STOP_WORDS}


def _partly(query: _Query, index: TitleIndex) -> Iterator[Match]:
    """Names that share with the query what tells most: rare words weigh more than frequent ones (Dice's measure)."""
    shared: Counter[int] = Counter()
    asked = 0.0
    for word in query.wanted:
        held = [other for other in dict.fromkeys((word, singular(word))) if index.has(other)]
        if not held and slips_forgiven(word):
            held = list(index.misspelt(word, slips=1, unfinished=False))
        weight = max((index.rarity(other) for other in held), default=index.rarity(word))
        asked += weight
        for number in index.having_any(held, most=WORK):
            shared[number] += weight
    for number, weight in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:WEIGHED]:
        name = index.names[number]
        says = sum(index.rarity(word) for word in set(name.words) if word not in STOP_WORDS)
        alike = 2 * weight / (asked + says) if says else 0.0
        if alike >= PART_OF_NAME:
            yield Match(name, PART + round(20 * (1 - min(alike, 1))) + name.how, 0)


def _continuing(word: str, index: TitleIndex) -> list[str]:
    one = singular(word)
    return index.continuing(word) + ([one] if one != word and index.has(one) else [])


_LAST_RESORTS: Final = (_misspelt, _partly)
_STAGES: Final = (
    (_beginning, BEGINS),
    (_holding, HOLDS),
    (_whole, NEARLY),
    (_misspelt, MISSPELT + 1),
    (_partly, PART),
)
