"""Which relations a text may have, from what it names, what is near it, and what those are joined to. Pure.

Suggestions and nothing more: each says where it comes from, and a person ticks it or does not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from inference.proposals.cues import RELATED, kind_said

MOST: Final = 8
LEAST: Final = 0.35  # score from which a relation is offered
NAMED, NEAR, JOINED = 1.0, 0.8, 0.5  # what each ground is worth at its best
AGREE: Final = 2  # near patterns that must be joined to a third in one way


@dataclass(frozen=True, slots=True)
class Named:
    """The text names a pattern, in this sentence."""

    slug: str
    title: str
    sentence: str
    matched: str


@dataclass(frozen=True, slots=True)
class Close:
    """A pattern whose text is near, by this cosine."""

    slug: str
    title: str
    cosine: float


@dataclass(frozen=True, slots=True)
class Joined:
    """An approved relation of a near or named pattern `of`: it `kind` (a word of the format) the pattern `slug`."""

    of: str
    kind: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that may hold. `ground` is `named`, `near` or `joined`; `because` are the titles or words for it."""

    kind: str
    slug: str
    title: str
    score: float
    ground: str
    because: tuple[str, ...] = field(default=())


def candidates(named: Iterable[Named], close: Sequence[Close], joined: Iterable[Joined]) -> tuple[Candidate, ...]:
    """At most `MOST` relations, the best founded first, one for each pattern."""
    best: dict[str, Candidate] = {}
    for one in (*_from_names(named), *_from_nearness(close), *_from_neighbours(close, joined)):
        if one.score >= LEAST and (one.slug not in best or _order(one) < _order(best[one.slug])):
            best[one.slug] = one
    return tuple(sorted(best.values(), key=_order)[:MOST])


def _from_names(named: Iterable[Named]) -> list[Candidate]:
    by_slug: dict[str, list[Named]] = defaultdict(list)
    for one in named:
        by_slug[one.slug].append(one)
    found = []
    for slug, mentions in by_slug.items():
        said = [(kind_said(one.sentence, one.matched), one) for one in mentions]
        telling = next((pair for pair in said if pair[0] != RELATED), said[0])
        sure = telling[0] != RELATED
        score = NAMED * (1.0 if sure else 0.75) + min(0.05 * (len(mentions) - 1), 0.15)
        found.append(Candidate(telling[0], slug, mentions[0].title, score, "named", (telling[1].sentence,)))
    return found


def _from_nearness(close: Sequence[Close]) -> list[Candidate]:
    return [Candidate(RELATED, one.slug, one.title, NEAR * one.cosine, "near", ()) for one in close]


def _from_neighbours(close: Sequence[Close], joined: Iterable[Joined]) -> list[Candidate]:
    """What several near patterns are joined to in the same way: what holds for them may hold for the new one."""
    nearness = {one.slug: one.cosine for one in close}
    ways: dict[tuple[str, str], set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    for one in joined:
        ways[one.kind, one.slug].add(one.of)
        titles[one.slug] = one.title
    counted = Counter({way: len(of) for way, of in ways.items() if len(of) >= AGREE})
    names = {one.slug: one.title for one in close}
    return [
        Candidate(
            kind, slug, titles[slug], JOINED + 0.1 * min(count, 4) * _mean(nearness, ways[kind, slug]), "joined",
            tuple(sorted(names.get(of, of) for of in ways[kind, slug])),
        )
        for (kind, slug), count in counted.items()
    ]  # fmt: skip


def _mean(nearness: dict[str, float], of: Iterable[str]) -> float:
    values = [nearness.get(one, 1.0) for one in of]
    return sum(values) / len(values)


def _order(one: Candidate) -> tuple[float, str]:
    return -one.score, one.slug
