"""Sees to it that everything a question names is found, wherever the scores would have put it. Pure."""

import re
from collections.abc import Sequence

from inference.retrieval.fusion import Fused
from inference.types import Entity
from inference.words.vocabulary import asked_words, stem, words

_WORD = re.compile(r"\w+")


def owner_of(entity: Entity) -> str:
    """`p12` or `l3`, as passages name what they belong to."""
    return f"{entity.kind[0]}{entity.id}"


def first(ranked: Sequence[Fused], named: Sequence[Entity], *, query: str) -> list[Fused]:
    """The same ranking, with the best of each named entry among the first `2 × len(named)`.

    Where the query is nothing but one name, that entry leads. Where the names are less than half of what it says, they
    may be plain words, and the ranking stays as it is: their passages are weighed like all others.
    """
    owners = list(dict.fromkeys(owner_of(entity) for entity in named))
    best: dict[str, Fused] = {}
    for one in ranked:
        if one.owner in owners:
            best.setdefault(one.owner, one)
    if len(named) == 1 and best and _is_only(named[0], query):
        leading = best[owners[0]]
        return [leading, *(one for one in ranked if one is not leading)]
    if not named or not _are_what_it_is_about(named, query):
        return list(ranked)
    front, rest = list(ranked[: 2 * len(owners)]), list(ranked[2 * len(owners) :])
    missing = [found for owner in owners if (found := best.get(owner)) is not None and found not in front]
    room = [one for one in front if best.get(one.owner) is not one]
    leaving = room[len(room) - len(missing) :]
    return [
        *(one for one in front if one not in leaving),
        *missing,
        *leaving,
        *(one for one in rest if one not in missing),
    ]


def _are_what_it_is_about(named: Sequence[Entity], query: str) -> bool:
    asked = asked_words(query)
    said = {stem(word) for entity in named for word in words(entity.matched)}
    return 2 * len(asked & said) >= len(asked)


def _is_only(entity: Entity, query: str) -> bool:
    return _WORD.findall(entity.matched.lower()) == _WORD.findall(query.lower())
