"""One ranking out of several, by their scores and not their ranks. Pure.

Min-max score fusion with weight 0.6 on the dense side was at or above the better of its two parts on each of eight
public collections; reciprocal rank fusion fell below a part on two (see also Bruch et al., An Analysis of Fusion
Functions for Hybrid Retrieval, https://arxiv.org/abs/2210.11934).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inference.types import Hit

DENSE = 0.6
WORDS = 0.4


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage with its fused score (0 to the sum of the weights) and every reason it was found for."""

    passage_id: int
    score: float
    why: tuple[str, ...]


def fuse(rankings: Iterable[tuple[float, Sequence[Hit]]]) -> list[Fused]:
    """Fuse `(weight, hits)` rankings, best first. A ranking that found nothing leaves its weight to the others."""
    found = [(weight, hits) for weight, hits in rankings if hits]
    total = sum(weight for weight, _ in found) or 1.0
    scores: dict[int, float] = {}
    reasons: dict[int, list[str]] = {}
    for weight, hits in found:
        low = min(hit.score for hit in hits)
        span = max(hit.score for hit in hits) - low
        for hit in hits:
            share = (hit.score - low) / span if span else 1.0
            scores[hit.passage_id] = scores.get(hit.passage_id, 0.0) + weight / total * share
            if hit.why and hit.why not in reasons.setdefault(hit.passage_id, []):
                reasons[hit.passage_id].append(hit.why)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [Fused(passage_id, score, tuple(reasons.get(passage_id, ()))) for passage_id, score in ranked]
