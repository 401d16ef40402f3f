"""All doubts about all suggested relations in one pass over the graph. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from patterns.doubting.bias import biased_targets
from patterns.doubting.edges import Doubt, DoubtKind, Edge, Named
from patterns.doubting.evidence import of_another_pair
from patterns.doubting.pairs import between
from patterns.enums import RelationState


def doubts_about(edges: Sequence[Edge], names: Mapping[int, Named]) -> list[Doubt]:
    """Return every doubt about the suggested ones of `edges`; one that nothing speaks against has `NONE`."""
    suggested = {edge.pk: edge for edge in edges if edge.state == RelationState.SUGGESTED}
    found = [doubt for doubt in _all(edges, suggested.values(), names) if doubt.relation in suggested]
    doubted = {doubt.relation for doubt in found}
    return found + [Doubt(pk, DoubtKind.NONE) for pk in suggested if pk not in doubted]


def _all(edges: Sequence[Edge], suggested: Iterable[Edge], names: Mapping[int, Named]) -> Iterable[Doubt]:
    waiting = list(suggested)
    for edge in waiting:
        if _loops(edge):
            yield Doubt(edge.pk, DoubtKind.SELF_LOOP)
        lost = [end for end in ("source", "target") if getattr(edge, end) is None]
        gone = [end for end in ("source", "target") if (pk := getattr(edge, end)) and not _here(pk, names)]
        if lost or gone:
            yield Doubt(edge.pk, DoubtKind.DANGLING, {"lost": lost, "gone": gone})
    for pk, facts in biased_targets(edges, names).items():
        yield Doubt(pk, DoubtKind.BIASED_TARGET, facts)
    for pk, facts in of_another_pair(waiting, names).items():
        yield Doubt(pk, DoubtKind.OTHER_EVIDENCE, facts)
    yield from between(edges)


def _loops(edge: Edge) -> bool:
    if edge.joined:
        return edge.source == edge.target
    return bool(edge.source_ref) and edge.source_ref.strip().casefold() == edge.target_ref.strip().casefold()


def _here(pk: int, names: Mapping[int, Named]) -> bool:
    return pk in names and names[pk].published
