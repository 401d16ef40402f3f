"""Constellations: an archetype, a stage and a sector, and the patterns that suit them, ranked, each with its reasons.

The ranking itself, and why it is as it is, stands in `patterns.faceting.suiting`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import pgettext_lazy

from patterns.faceting.index import SUITS, Value
from patterns.faceting.spelling import folded, words
from patterns.faceting.suiting import MOST, percent, worth
from patterns.models import Pattern, Suitability
from patterns.queries.facet_index import Kept
from patterns.queries.facets import LABELS
from patterns.queries.listing import placed
from patterns.queries.situations import Situation

PAGE_SIZE: Final = 20
MOST_OFFERED: Final = 100  # names of one axis
_STRENGTHS: Final = (
    (19, pgettext_lazy("suits", "very well")),
    (15, pgettext_lazy("suits", "well")),
    (10, pgettext_lazy("suits", "fairly well")),
    (0, pgettext_lazy("suits", "a little")),
)
_WORDS: Final = {
    "core": pgettext_lazy("suitability", "core"),
    "strong": pgettext_lazy("suitability", "strong"),
    "specific": pgettext_lazy("suitability", "specific"),
    "moderate": pgettext_lazy("suitability", "moderate"),
    "general": pgettext_lazy("suitability", "general"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """What the library says of one pattern on one axis; `speaks` is false where it says nothing.

    `measure` is the number or word its file gives, `strength` what that means, `width` how long its bar is, 0 to 100.
    """

    axis: str
    name: str
    speaks: bool
    strength: str = ""
    measure: str = ""
    width: int = 0
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Suited:
    """One pattern of a constellation: its fit, 0 to 100, and a reason for each axis that was asked for."""

    pattern: Pattern
    fit: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Constellation:
    """A page of what suits a situation: `total` patterns suit a part of it, `complete` of them all of it.

    `unknown` are the names, in words, that nothing here is said to suit; they take no part in the ranking.
    """

    situation: Situation
    suited: tuple[Suited, ...]
    total: int
    complete: int
    pages: int
    unknown: tuple[str, ...]
    names: Mapping[str, str]

    @property
    def exists(self) -> bool:
        return 1 <= self.situation.page <= self.pages


def constellation(situation: Situation, kept: Kept) -> Constellation:
    """Return the page of `situation`. Two queries: its patterns, and what is said of them."""
    index = kept.index
    known = {axis: key for axis, key in situation.named.items() if key in index.values[axis]}
    ranks = index.ranked({axis: (key,) for axis, key in known.items()}, among=index.everything)
    total = sum(bits.bit_count() for _, bits in ranks)
    pages = max(1, -(-total // PAGE_SIZE))
    names = {axis: index.values[axis][key].label for axis, key in known.items()}
    points = _page_of(ranks, kept, situation.page) if situation.page <= pages else {}
    patterns = placed(index, points) if points else ()
    records = _records(patterns, known) if patterns else {}
    at = dict(zip((index.pks[place] for place in points), points.values(), strict=True))
    return Constellation(
        situation=situation,
        suited=tuple(
            Suited(
                pattern=pattern,
                fit=percent(at[pattern.pk], axes=len(known)),
                reasons=tuple(_reason(axis, names[axis], records.get((pattern.pk, axis))) for axis in known),
            )
            for pattern in patterns
        ),
        total=total,
        complete=index.matching({axis: (key,) for axis, key in known.items()}).bit_count() if known else 0,
        pages=pages,
        unknown=tuple(words(key) for axis, key in situation.named.items() if axis not in known),
        names=names,
    )


def _page_of(ranks: Sequence[tuple[int, int]], kept: Kept, page: int) -> dict[int, int]:
    """Return the points of the places on one page, in order; only the ranks that reach into the page are read."""
    found: dict[int, int] = {}
    skip = (page - 1) * PAGE_SIZE
    for points, bits in ranks:
        if skip >= (count := bits.bit_count()):
            skip -= count
            continue
        for place in kept.index.surest_first(bits):
            if skip:
                skip -= 1
            elif len(found) < PAGE_SIZE:
                found[place] = points
            else:
                return found
    return found


def _records(patterns: Sequence[Pattern], known: Mapping[str, str]) -> dict[tuple[int, str], Suitability]:
    """Return the record that counts for each pattern and axis: the best, where libraries differ."""
    found: dict[tuple[int, str], Suitability] = {}
    for record in Suitability.objects.filter(pattern__in=[pattern.pk for pattern in patterns], axis__in=list(known)):
        if folded(record.name) == known[record.axis]:
            at = record.pattern_id, record.axis
            if at not in found or _worth(record) > _worth(found[at]):
                found[at] = record
    return found


def _worth(record: Suitability) -> int:
    return worth(record.score, record.level)


def _reason(axis: str, name: str, record: Suitability | None) -> Reason:
    if record is None or not (value := _worth(record)):
        return Reason(axis=str(LABELS[axis]), name=name, speaks=False, rationale=record.rationale if record else "")
    measure = str(_WORDS.get(record.level, record.level))
    if record.score is not None:
        hundredths = round(record.score * 100)
        measure = number_format(hundredths / 100, decimal_pos=2 if hundredths % 10 else 1)
    return Reason(
        axis=str(LABELS[axis]),
        name=name,
        speaks=True,
        strength=str(next(said for least, said in _STRENGTHS if value >= least)),
        measure=measure,
        width=round(100 * value / MOST),
        rationale=record.rationale,
    )


def choices(kept: Kept, chosen: Mapping[str, str]) -> dict[str, list[Value]]:
    """Return what each axis offers: stages in the order organisations live through, the rest by how many they suit.

    Of an axis with very many names the most frequent are offered, and the chosen one.
    """
    found = {}
    for axis in SUITS:
        values = sorted(kept.index.values[axis].values(), key=lambda value: (-value.bits.bit_count(), value.label))
        offered = [value for place, value in enumerate(values) if place < MOST_OFFERED or value.key == chosen.get(axis)]
        found[axis] = sorted(offered, key=_stage) if axis == "stage" else offered
    return found


_LIFE: Final = (
    "discovery", "ideation", "validation", "mvp", "product-market-fit", "growth", "expansion", "scaling", "maturity",
    "transformation", "exit/succession",
)  # fmt: skip


def _stage(value: Value) -> int:
    return _LIFE.index(value.key) if value.key in _LIFE else len(_LIFE)
