"""What stands beside the name of a pattern when a sentence says how it is joined to the text's own subject. Pure.

`before` stands in front of the name (`it requires a charter`), `after` behind it (`a charter is needed first`). Kinds
are the words of the file format, seen from the text's own pattern.
"""

import re
from typing import Final

BESIDE: Final = 70  # characters around a name that are read
RELATED: Final = "related"

_SAID: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "requires": (
        (
            "requires?",
            "needs?",
            "depends? (?:up)?on",
            "relies on",
            "builds? on",
            "rests? on",
            "presupposes?",
            "without",
        ),
        ("(?:is|are|must be|comes?|has to be) (?:in place |there )?(?:first|needed|required|necessary)", "a must"),
    ),
    "enables": (
        ("enables?", "makes? possible", "allows?", "supports?", "leads? to", "opens? the way (?:to|for)", "prepares?"),
        ("becomes? possible", "(?:is|are) made (?:possible|easier)", "can follow", "becomes? easier"),
    ),
    "tensions_with": (
        ("tension with", "conflicts? with", "pulls? against", "at odds with", "undermines?", "competes? with"),
        ("pulls? the other way", "conflicts? with (?:it|this)", "is undermined"),
    ),
    "generalizes_from": (
        ("special case of", "(?:kind|form|type|variant|version) of", "speciali[sz]es"),
        ("in (?:its )?general",),
    ),
    "alternatives": (
        ("alternatives? to", "instead of", "rather than", "in place of", "unlike", "replaces?", "as opposed to"),
        ("is (?:an|the) alternative",),
    ),
    "complementary": (
        (
            "complements?",
            "together with",
            "combined? with",
            "alongside",
            "goes (?:well )?with",
            "pairs? (?:well )?with",
        ),
        ("complements? (?:it|this)", "goes (?:well )?with (?:it|this)"),
    ),
    "tools": (("tools? (?:is|are|such as|like)", "using", "by means of"), ("is (?:a|the) (?:usual |common )?tool",)),
}
_CUES: Final = tuple(
    (
        kind,
        re.compile(rf"\b(?:{'|'.join(before)})\W{{1,3}}(?:\w{{1,20}}\W{{1,3}}){{0,3}}\Z", re.IGNORECASE),
        re.compile(rf"\A\W{{1,3}}(?:\w{{1,20}}\W{{1,3}}){{0,2}}(?:{'|'.join(after)})\b", re.IGNORECASE),
    )
    for kind, (before, after) in _SAID.items()
)


def kind_said(sentence: str, matched: str) -> str:
    """The word of the format for what `sentence` says of the pattern it names as `matched`: `related` where nothing."""
    start = sentence.casefold().find(matched.casefold())
    if start < 0:
        return RELATED
    before = sentence[max(0, start - BESIDE) : start]
    after = sentence[start + len(matched) : start + len(matched) + BESIDE]
    for kind, leads, follows in _CUES:
        if leads.search(before) or follows.search(after):
            return kind
    return RELATED
