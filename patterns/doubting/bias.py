"""Targets that get more relations than their place in the library explains, measured over a generation of files.

Two signs. A stretch of the alphabet that holds most targets though it holds few patterns: whatever wrote these
relations saw only a part of the list (Kuiper's statistic on ranks). And a single target far beyond the others: outside
Tukey's far fence, and named by so many files that no real subject is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any, Final

from patterns.doubting.edges import Edge, Named

FEWEST: Final = 100  # relations of a generation before its spread says anything
SURPLUS: Final = 0.5  # of all relations: the share on a stretch of the alphabet beyond the stretch's own share
FEWEST_IN: Final = 30  # relations to one target before it can be an outlier
SHARE_OF_FILES: Final = 0.03


@dataclass(frozen=True, slots=True)
class Stretch:
    """Patterns `first` to `last` of `patterns` in alphabetical order, and how many of all relations point there."""

    first: int
    last: int
    patterns: int
    relations: int
    every: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def surplus(self) -> float:
        return self.relations / self.every - self.length / self.patterns


def biased_targets(edges: Iterable[Edge], names: Mapping[int, Named]) -> dict[int, dict[str, Any]]:
    """Return facts by relation for those whose target is biased. Every relation counts, decided ones too."""
    groups: dict[tuple, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.named is not None and edge.stands_at:
            groups[edge.generation].append(edge)
    order: dict[int | None, list[int]] = defaultdict(list)
    for pk in sorted(names, key=lambda pk: names[pk].place):
        if names[pk].published:
            order[names[pk].library].append(pk)
    found: dict[int, dict[str, Any]] = {}
    for (library, generation), group in groups.items():
        if len(group) >= FEWEST:
            found |= _of_group(group, order[library], generation, names)
    return found


def _of_group(
    group: Sequence[Edge], order: Sequence[int], generation: str, names: Mapping[int, Named]
) -> dict[int, dict[str, Any]]:
    incoming = Counter(edge.named for edge in group)
    files = len({edge.source if edge.named == edge.target else edge.target for edge in group})
    stretch = overfull([incoming[pk] for pk in order])
    inside = set(order[stretch.first - 1 : stretch.last]) if stretch else set()
    counts = list(incoming.values())
    fence = far_fence(counts)
    told = {"every": len(group), "files": files, "generation": generation, "usual": typical(counts)}
    facts: dict[int | None, dict[str, Any]] = {}
    for target, count in incoming.items():
        outlier = count >= max(FEWEST_IN, fence) and count >= SHARE_OF_FILES * files
        if (target not in inside and not outlier) or target not in names:
            continue
        facts[target] = told | {"title": names[target].title, "in": count, "outlier": outlier}
        if stretch and target in inside:
            facts[target] |= {
                "stretch": stretch.length, "first": stretch.first, "patterns": stretch.patterns,
                "there": stretch.relations,
            }  # fmt: skip
    return {edge.pk: facts[edge.named] for edge in group if edge.named in facts}


def overfull(counts: Sequence[int]) -> Stretch | None:
    """Return the stretch with the largest surplus of relations over its length, if it is large enough to be a bias."""
    every, patterns = sum(counts), len(counts)
    if every < FEWEST or patterns < FEWEST:
        return None
    best, best_at, running, start = 0.0, (0, -1), 0.0, 0
    for place, count in enumerate(counts):
        if running <= 0:
            running, start = 0.0, place
        running += count / every - 1 / patterns
        if running > best:
            best, best_at = running, (start, place)
    first, last = best_at
    if best < SURPLUS or last - first < 2:
        return None
    return Stretch(first + 1, last + 1, patterns, sum(counts[first : last + 1]), every)


def far_fence(counts: Sequence[int]) -> float:
    """Tukey's far fence: the third quartile and three times the distance between the quartiles."""
    if len(counts) < 4:
        return float("inf")
    low, _, high = quantiles(counts, n=4)
    return high + 3 * (high - low)


def typical(counts: Sequence[int]) -> int:
    """The median, as a whole number of relations."""
    return sorted(counts)[len(counts) // 2] if counts else 0
