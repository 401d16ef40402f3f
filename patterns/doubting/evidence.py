"""Evidence about another pair: what it names, and what it leaves unnamed.

How often evidence names both its ends is measured for each generation of files. Where it mostly does, one that names
neither is about something else; where it does not, the description needs no names and only other names are a doubt.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from patterns.doubting.edges import Edge, Named
from patterns.doubting.naming import Index, names_it, others_named

FEWEST: Final = 30  # pieces of evidence of a generation before its habit is known
HABIT: Final = 0.5
SHOWN: Final = 3


def of_another_pair(edges: Iterable[Edge], names: Mapping[int, Named]) -> dict[int, dict[str, Any]]:
    """Return facts by relation for those whose evidence is about another pair."""
    groups: dict[tuple, list[tuple[Edge, list[int]]]] = defaultdict(list)
    for edge in edges:
        if edge.evidence and edge.joined and edge.source in names and edge.target in names:
            ends = (edge.source, edge.target)
            named = [end for end in ends if names_it(edge.evidence, names[end])]
            groups[edge.generation].append((edge, named))
    if not groups:
        return {}
    index, found = Index.of(names), {}
    for group in groups.values():
        both = sum(len(set(named)) == len({edge.source, edge.target}) for edge, named in group)
        habit = len(group) >= FEWEST and both >= HABIT * len(group)
        for edge, named in group:
            facts = _facts(edge, set(named), index, names, habit=habit)
            if facts:
                found[edge.pk] = facts | {"both": both, "of": len(group), "habit": habit}
    return found


def _facts(
    edge: Edge, named: set[int], index: Index, names: Mapping[int, Named], *, habit: bool
) -> dict[str, Any] | None:
    ends = {edge.source, edge.target}
    missing = [end for end in (edge.source, edge.target) if end not in named]
    if not missing:
        return None
    others = [names[min(patterns)].title for patterns in others_named(edge.evidence, ends, index)]
    if (others and (named or habit or len(others) > 1)) or (habit and not named):
        unnamed = list(dict.fromkeys(names[end].title for end in missing))
        return {"others": others[:SHOWN], "unnamed": unnamed}
    return None
