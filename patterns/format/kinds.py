"""The words files use for relations, and what each means as a typed edge."""

import re

# word in a file: (kind, inverse). With inverse, the named pattern is the relation's source:
# `generalizes_from: [X]` says that X is the more general, so this pattern specialises X;
# `specializes_to: [X]` says that X specialises this one; `tools: [X]` that X is a tool for this one.
MEANINGS: dict[str, tuple[str, bool]] = {
    "enables": ("enables", False),
    "enabled_by": ("enables", True),
    "requires": ("requires", False),
    "required_by": ("requires", True),
    "tensions_with": ("tensions_with", False),
    "tensions": ("tensions_with", False),
    "generalizes_from": ("specializes", False),
    "specializes": ("specializes", False),
    "specializes_to": ("specializes", True),
    "alternatives": ("alternative_to", False),
    "alternative_to": ("alternative_to", False),
    "complementary": ("complements", False),
    "complements": ("complements", False),
    "tools": ("tool_for", True),
    "tool_for": ("tool_for", False),
    "related": ("related", False),
}

# The word the newer generation writes for a kind, so that what the site authors reads like the rest.
NEWER_WORD: dict[tuple[str, bool], str] = {
    ("enables", False): "enables",
    ("requires", False): "requires",
    ("tensions_with", False): "tensions_with",
    ("specializes", False): "generalizes_from",
    ("specializes", True): "specializes_to",
    ("alternative_to", False): "alternatives",
    ("complements", False): "complementary",
    ("tool_for", True): "tools",
    ("tool_for", False): "tool_for",
    ("related", False): "related",
}

FLAT = ("generalizes_from", "specializes_to", "enables", "requires", "related", "tensions_with")
LONGEST = 60


def meaning(word: str) -> tuple[str, bool]:
    """Return `(kind, inverse)` for a file's word; a word nobody taught us is a kind of its own."""
    plain = re.sub(r"[\s-]+", "_", word.strip().casefold())
    return MEANINGS.get(plain, (plain[:LONGEST], False))


def stands_in_target_file(stands_at: str) -> bool:
    """True when a relation's place is in the file of its *target*, because the file's word is an inverse one."""
    word = re.match(r"(?:relationships\.)?([^\[.]+)", stands_at)
    return bool(word) and meaning(word[1])[1]
