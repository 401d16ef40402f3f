"""Puts misspelt turns of phrase right before they are read, so that "diffrence between" is still a comparison. Pure."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

_TURNS = (
    *(
        "difference",
        "different",
        "differ",
        "compare",
        "comparison",
        "between",
        "versus",
        "similar",
    ),
    *(
        "alternatives",
        "alternative",
        "instead",
        "something",
        "patterns",
        "pattern",
        "practices",
        "which",
    ),
    *(
        "what",
        "does",
        "uses",
        "used",
        "using",
        "require",
        "requires",
        "enable",
        "enables",
        "tension",
    ),
    *(
        "tensions",
        "complement",
        "complements",
        "connected",
        "connection",
        "related",
        "relationship",
    ),
    *(
        "prerequisites",
        "depends",
        "common",
        "share",
        "lighthouses",
        "lighthouse",
        "organisations",
    ),
    *(
        "companies",
        "cities",
    ),
)
_KNOWN = frozenset(_TURNS)
_WORD = re.compile(r"[^\W\d_]{4,16}")
_BY_LENGTH: dict[int, list[str]] = {}
for _turn in _TURNS:
    _BY_LENGTH.setdefault(len(_turn), []).append(_turn)
# English words that are one letter from a turn of phrase and mean something else.
_OTHERS = frozenset(
    (
        *(
            "that",
            "than",
            "when",
            "then",
            "them",
            "this",
            "they",
            "there",
            "their",
            "want",
            "chat",
            "hat",
        ),
        *(
            "whit",
            "wheat",
            "water",
            "watch",
            "white",
            "while",
            "who",
            "user",
            "users",
            "share",
            "shape",
        ),
        *(
            "shame",
            "spare",
            "shore",
            "sharp",
            "commons",
            "commune",
            "cities",
            "city",
            "citizens",
            "does",
        ),
        *(
            "done",
            "dose",
            "doe",
            "practised",
            "practises",
            "lighthouse",
            "relate",
            "inquire",
            "acquire",
        ),
        *(
            "acquires",
            "intention",
            "tensions",
        ),
    )
)
READ = 2_000  # characters


def mended(question: str) -> str:
    """`question` with each word that is one slip from a turn of phrase put right; the rest as it is."""
    return _WORD.sub(lambda found: _put_right(found[0]), question[:READ]) + question[READ:]


def _put_right(word: str) -> str:
    lower = word.lower()
    if lower in _KNOWN or lower in _OTHERS:
        return word
    if len(lower) < 6:
        swapped = [turn for turn in _BY_LENGTH.get(len(lower), ()) if sorted(turn) == sorted(lower)]
        return next((turn for turn in swapped if OSA.distance(turn, lower) == 1), word)
    near = [turn for length in (-1, 0, 1) for turn in _BY_LENGTH.get(len(lower) + length, ())]
    best = process.extractOne(lower, near, scorer=OSA.distance, score_cutoff=1)
    return best[0] if best and best[0][0] == lower[0] else word
