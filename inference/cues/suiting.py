"""Which patterns suit the situation that a question tells of, how well, and what the library gives as the reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inference import cues as cue_words
from inference.types import Cue
from patterns.faceting.spelling import folded
from patterns.faceting.suiting import MOST, percent, worth
from patterns.models import Suitability
from patterns.queries.facet_index import kept_index

SUITS_THEM = "suits"  # how every such reason begins


@dataclass(frozen=True)
class Fit:
    """How well one pattern suits, 0 to 1."""

    pattern_id: int
    share: float


def fits(cues: Sequence[Cue]) -> list[Fit]:
    """Every pattern that the library says suits any of it, the best first. One query while the library stands still."""
    named = cue_words.chosen(cues)
    if not named:
        return []
    index = kept_index().index
    ranks = index.ranked(named, among=index.everything)
    return [
        Fit(index.pks[place], percent(points, axes=len(named)) / 100)
        for points, bits in ranks
        for place in index.surest_first(bits)
    ]


def reasons(cues: Sequence[Cue], patterns: Iterable[int]) -> dict[int, str]:
    """What the library says of why each of `patterns` suits, in one sentence: its strongest reason. One query."""
    named = cue_words.chosen(cues)
    found: dict[int, tuple[int, str]] = {}
    for row in Suitability.objects.filter(pattern__in=list(patterns), axis__in=list(named)).order_by("pk"):
        value = worth(row.score, row.level)
        if value and folded(row.name) in named[row.axis] and value > found.get(row.pattern_id, (0, ""))[0]:
            strength = "very well" if value > 0.9 * MOST else "well" if value > 0.7 * MOST else "to a degree"
            found[row.pattern_id] = (
                value,
                f"{SUITS_THEM} {row.name} {strength}" + (f": {row.rationale}" if row.rationale else ""),
            )
    return {pattern: said for pattern, (_, said) in found.items()}
