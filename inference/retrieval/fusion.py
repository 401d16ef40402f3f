"""One ranking out of several searchers' scores: every candidate is judged by all of its true scores. Pure.

A score is scaled so that the best candidate has 1, and 0 is the farthest candidate for cosines and no shared word for
BM25; then they are added, 0.6 on the side of meaning. Min-max fusion of scores was at or above the better of its parts
on each of eight public collections, where reciprocal rank fusion fell below one on two (see also Bruch et al., An
Analysis of Fusion Functions for Hybrid Retrieval, https://arxiv.org/abs/2210.11934). Taking a score for 0 because its
searcher listed other passages first costs more than any choice of weights: docs/adr/0015.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

DENSE = 0.6
WORDS = 0.4
GRAPH = 0.3  # of relations, where the question is about them


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage somebody found, with what every searcher says of it. `owner` is `p12` or `l3`.

    `cosine` is None for a passage without a vector, `bm25` 0 for one that shares no word worth counting; `joined` and
    `why` are a relation's weight and its words.
    """

    passage_id: int
    owner: str
    cosine: float | None = None
    bm25: float = 0.0
    joined: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Fused:
    """A candidate and what each side adds to its `score`, which is 0 to 1."""

    candidate: Candidate
    meaning: float
    words: float
    score: float

    @property
    def passage_id(self) -> int:
        return self.candidate.passage_id

    @property
    def owner(self) -> str:
        return self.candidate.owner


def fuse(candidates: Sequence[Candidate]) -> list[Fused]:
    """Fuse the scores of `candidates`, best first. A side on which nobody has a score leaves its weight to the rest."""
    cosines = [one.cosine for one in candidates if one.cosine is not None]
    low, high = min(cosines, default=0.0), max(cosines, default=0.0)
    most = max((one.bm25 for one in candidates), default=0.0)
    closest = max((one.joined for one in candidates), default=0.0)
    weights = (DENSE if cosines else 0.0, WORDS if most > 0 else 0.0, GRAPH if closest > 0 else 0.0)
    total = sum(weights) or 1.0
    dense, words, graph = (weight / total for weight in weights)
    fused = []
    for one in candidates:
        meaning = 0.0 if one.cosine is None else dense * _share(one.cosine - low, high - low)
        said = words * one.bm25 / most if most > 0 else 0.0
        joined = graph * one.joined / closest if closest > 0 else 0.0
        fused.append(Fused(one, meaning, said, meaning + said + joined))
    return sorted(fused, key=_order)


def best_of_each(fused: Iterable[Fused]) -> list[Fused]:
    """The best passage of each pattern and lighthouse, these in the order of the best they have on either side.

    What one passage says in the asked words and another in other words speaks for the same entry.
    """
    best: dict[str, Fused] = {}
    for one in fused:
        known = best.get(one.owner)
        if known is None:
            best[one.owner] = one
            continue
        meaning, words = max(one.meaning, known.meaning), max(one.words, known.words)
        if gained := meaning - known.meaning + words - known.words:
            best[one.owner] = replace(known, meaning=meaning, words=words, score=known.score + gained)
    return sorted(best.values(), key=_order)


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 1.0


def _order(one: Fused) -> tuple[float, int]:
    return -one.score, one.passage_id
