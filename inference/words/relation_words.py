"""Typed edges as the middle of a sentence, seen from either end: `A requires B`, `B is required by A`."""

from patterns.enums import SYMMETRIC, RelationKind

_SAYS = {
    RelationKind.ENABLES: ("enables", "is enabled by"),
    RelationKind.REQUIRES: ("requires", "is required by"),
    RelationKind.TENSIONS_WITH: ("is in tension with", "is in tension with"),
    RelationKind.SPECIALIZES: ("specialises", "is specialised by"),
    RelationKind.ALTERNATIVE_TO: ("is an alternative to", "is an alternative to"),
    RelationKind.COMPLEMENTS: ("complements", "complements"),
    RelationKind.TOOL_FOR: ("is a tool for", "has as a tool"),
    RelationKind.RELATED: ("is related to", "is related to"),
    "uses": ("uses", "is used by"),
}


def says(kind: str, *, outgoing: bool = True) -> str:
    """What stands between the two ends; a kind nobody knows is said as it is written, from its own end."""
    if kind in _SAYS:
        return _SAYS[kind][0 if outgoing else 1]
    words = kind.replace("_", " ")
    return words if outgoing else f"is at the other end of “{words}” from"


def goes_both_ways(kind: str) -> bool:
    """Whether both ends say the same of each other."""
    return kind in SYMMETRIC
