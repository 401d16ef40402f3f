"""Relation kinds in words: seen from either end, as a name in a legend, and what each of them claims."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from patterns.enums import SYMMETRIC, RelationKind

# kind: (what this pattern does to the other, what the other does to this one); one phrase where it goes both ways
_PHRASES: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    "enables": (gettext_lazy("Enables"), gettext_lazy("Enabled by")),
    "requires": (gettext_lazy("Requires"), gettext_lazy("Required by")),
    "tensions_with": (gettext_lazy("In tension with"), gettext_lazy("In tension with")),
    "specializes": (gettext_lazy("Specialises"), gettext_lazy("Specialised by")),
    "alternative_to": (gettext_lazy("Alternative to"), gettext_lazy("Alternative to")),
    "complements": (gettext_lazy("Complements"), gettext_lazy("Complements")),
    "tool_for": (gettext_lazy("Tool for"), gettext_lazy("Uses the tool")),
    "related": (gettext_lazy("Related to"), gettext_lazy("Related to")),
}
_MEANINGS: Final[dict[str, str | Promise]] = {
    "enables": gettext_lazy("makes the other possible, or easier"),
    "requires": gettext_lazy("does not work unless the other is there first"),
    "tensions_with": gettext_lazy("pulls against the other; having both takes care"),
    "specializes": gettext_lazy("is a special case of the other"),
    "alternative_to": gettext_lazy("does the same work in another way"),
    "complements": gettext_lazy("works better together with the other"),
    "tool_for": gettext_lazy("is an instrument for the other"),
    "related": gettext_lazy("has to do with the other; nobody said how"),
}


def phrase(kind: str, *, outgoing: bool) -> str:
    """Return a relation kind in words, seen from the pattern it starts at or ends at."""
    pair = _PHRASES.get(kind)
    if pair is None:
        text = kind.replace("_", " ")
        return text[:1].upper() + text[1:]
    return str(pair[0] if outgoing else pair[1])


def meaning(kind: str) -> str:
    """Return what a relation of this kind says of the pattern it starts at; nothing for a kind nobody knows."""
    return str(_MEANINGS.get(kind, ""))


def kind_word(kind: str) -> str:
    """Return the name of a relation kind for a legend: `requires`, or a kind nobody knows as it is written."""
    return str(RelationKind(kind).label) if kind in RelationKind else kind.replace("_", " ")


def goes_both_ways(kind: str) -> bool:
    """Whether both ends say the same of each other; kinds nobody knows are said alike from both sides."""
    return kind in SYMMETRIC or kind not in _PHRASES


def place(kind: str) -> int:
    """Return where a kind stands among the others in a list; kinds nobody knows come last."""
    return _ORDER.get(kind, len(_ORDER))


_ORDER: Final = {kind: position for position, kind in enumerate(_PHRASES)}
