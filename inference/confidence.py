"""Decides whether the evidence answers the question at all: an answer, the nearest passages, or not in the library.

Similarity alone separates badly (AUROC 0.62 measured on real questions), so four signs are weighed together. Pure.
The weights and floors were set on questions the library answers and questions it cannot; they are never lowered to
force an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from inference.models import Answer
from inference.types import Evidence, Route, RouteKind
from inference.vocabulary import asked_words, content_words

ANSWER_FLOOR = 0.62
NEAREST_FLOOR = 0.5
EXACT = 90  # the score from which an entity counts as named
LOOKED_AT = 6  # passages


@dataclass(frozen=True)
class Confidence:
    """The verdict with its parts, each 0 to 1, and the reason in words."""

    outcome: str
    score: float
    coverage: float
    together: float
    named: float
    margin: float

    @property
    def reason(self) -> str:
        return (
            f"{self.coverage:.0%} of the question's words stand in one passage, {self.together:.0%} in the best "
            f"{LOOKED_AT}; {'it names an entry of the library' if self.named else 'it names no entry of the library'}."
        )


def judge(question: str, route: Route, evidence: Sequence[Evidence], *, facts: int = 0) -> Confidence:
    """Weigh word coverage (of the best passage and of the best few), a named entity, and score with its margin."""
    asked = asked_words(question)
    entity_words = frozenset(
        content_words(" ".join(f"{e.matched} {e.title}" for e in route.entities if e.score >= EXACT))
    )
    named = 1.0 if entity_words & asked else 0.0
    found = [frozenset(content_words(f"{one.title} {one.section} {one.text}")) for one in evidence[:LOOKED_AT]]
    coverage = max((len(asked & words) / len(asked) for words in found), default=0.0) if asked else 0.0
    together = len(asked & frozenset().union(*found)) / len(asked) if asked else 0.0
    margin = max(0.0, min(1.0, evidence[0].score - evidence[min(len(evidence), 10) - 1].score)) if evidence else 0.0
    unnamed = asked - entity_words
    rest = len(unnamed & frozenset().union(*found)) / len(unnamed) if unnamed else 1.0
    if route.kind == RouteKind.COMPARE and len(route.entities) > 1:
        rest = 1.0  # that two entries are named is what is asked
    if named:
        # What it names is in the library; what is asked about it must be there as well.
        score = 0.7 + 0.3 * rest if rest >= 1 / 3 or not unnamed else 0.45 + 0.3 * coverage
    else:
        score = 0.65 * coverage + 0.25 * together + 0.1 * margin
    if facts:
        score = max(score, 0.9)
    outcome = Answer.Outcome.NONE
    if evidence and score >= ANSWER_FLOOR:
        outcome = Answer.Outcome.ANSWER
    elif evidence and score >= NEAREST_FLOOR:
        outcome = Answer.Outcome.NEAREST
    return Confidence(outcome, round(score, 3), coverage, together, named, margin)
