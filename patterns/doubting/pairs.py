"""Doubts that relations raise about each other: said twice, said against each other, each required by the other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from patterns.doubting.edges import Doubt, DoubtKind, Edge
from patterns.enums import SYMMETRIC, RelationKind, RelationState

_KIND = RelationKind
# What cannot be meant of one pair at once, whichever way round either is said.
CONTRADICTING: Final = frozenset(
    frozenset(pair)
    for pair in (
        (_KIND.TENSIONS_WITH, _KIND.COMPLEMENTS),
        (_KIND.TENSIONS_WITH, _KIND.ENABLES),
        (_KIND.TENSIONS_WITH, _KIND.REQUIRES),
        (_KIND.ALTERNATIVE_TO, _KIND.REQUIRES),
        (_KIND.ALTERNATIVE_TO, _KIND.ENABLES),
        (_KIND.ALTERNATIVE_TO, _KIND.COMPLEMENTS),
        (_KIND.ALTERNATIVE_TO, _KIND.TOOL_FOR),
    )
)


def said(kind: str, source: int | None, target: int | None) -> tuple[str, int | None, int | None]:
    """Return what a relation says, the same for both directions of a symmetric kind."""
    if kind in SYMMETRIC and source is not None and target is not None:
        return kind, min(source, target), max(source, target)
    return kind, source, target


def contradict(kind: str, other: str, *, same_way: bool) -> bool:
    """Whether two kinds cannot both hold between a pair. `same_way`: both start at the same pattern."""
    if kind == other:
        return kind == _KIND.SPECIALIZES and not same_way
    return frozenset((kind, other)) in CONTRADICTING


def between(edges: Iterable[Edge]) -> Iterable[Doubt]:
    """Yield the doubts about edges that stand: rejected ones no longer say anything."""
    pairs: dict[frozenset, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.joined and edge.source != edge.target and edge.state != RelationState.REJECTED:
            pairs[frozenset((edge.source, edge.target))].append(edge)
    for together in pairs.values():
        if len(together) > 1:
            yield from _repeated(together)
            yield from _against(together)


def _repeated(together: Sequence[Edge]) -> Iterable[Doubt]:
    """Every saying but the best of those that say the same: all of the doubted may go, and nothing is lost."""
    same: dict[tuple, list[Edge]] = defaultdict(list)
    for edge in together:
        same[said(edge.kind, edge.source, edge.target)].append(edge)
    for edges in same.values():
        best, *others = sorted(edges, key=_rank)
        for edge in others:
            facts = {"times": len(edges), "best": best.pk, "at": best.stands_at, "approved": _approved(best)}
            yield Doubt(edge.pk, DoubtKind.DUPLICATE, facts | {"turned": edge.source != best.source})


def _against(together: Sequence[Edge]) -> Iterable[Doubt]:
    for edge in together:
        against = [one for one in together if contradict(edge.kind, one.kind, same_way=edge.source == one.source)]
        if against:
            first = min(against, key=_rank)
            yield Doubt(edge.pk, DoubtKind.CONTRADICTION, _other(first) | {"kinds": sorted({o.kind for o in against})})
        back = [one for one in together if edge.kind == one.kind == _KIND.REQUIRES and one.source == edge.target]
        if back:
            yield Doubt(edge.pk, DoubtKind.MUTUAL, _other(min(back, key=_rank)))


def _other(edge: Edge) -> Mapping[str, Any]:
    return {"other": edge.pk, "kind": edge.kind, "at": edge.stands_at, "approved": _approved(edge)}


def _approved(edge: Edge) -> bool:
    return edge.state == RelationState.APPROVED


def _rank(edge: Edge) -> tuple:
    """Better ones first: approved, with evidence, weightier, older."""
    return not _approved(edge), not edge.evidence, -(edge.weight or 0.0), edge.pk
