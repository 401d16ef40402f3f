"""How much text fits into a box of so many lines, and which whole sentences of it do. Pure.

Widths are estimated on the wide side, in ems of the reading face, since the face differs from machine to machine:
better a line of white at the foot of a card than a sentence cut by its edge.
"""

import re
import unicodedata
from typing import Final

_NARROW: Final = frozenset(" iljtfrI.,;:'’‘!|()[]-·")
_WIDE: Final = frozenset("mwMW@%&—–…→")
_EMS: Final = {"narrow": 0.31, "wide": 0.95, "capital": 0.72, "full": 1.04, "other": 0.515}
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(\"“])(?:[^\W\d_]|e\.g|i\.e|vs|cf|al|etc|Dr|Mr|Mrs|Ms|Prof|St|No|Inc|Ltd|approx|ca)\.$"
)
_SENTENCE_END: Final = re.compile(r"(?:[.!?…؟۔]+[\"'”’»)\]]*\s+|[。！？]+[」』”’]*\s*)(?=\S)")
CUT: Final = " …"


def line_count(text: str, *, ems: float) -> int:
    """Return how many lines `text` takes in a column `ems` wide, broken between words, and inside those too long."""
    lines, used = 0, ems
    for word in text.split():
        width = _width(word)
        gap = _EMS["narrow"] if used < ems and lines else 0
        if lines and used + gap + width <= ems:
            used += gap + width
            continue
        # A word wider than the column is broken wherever the line ends; scripts without spaces are such words.
        more = max(1, -int(-width // ems))
        lines, used = lines + more, width - (more - 1) * ems
    return lines


def whole_sentences(text: str, *, lines: int, ems: float) -> str:
    """Return as many whole sentences from the start of `text` as fit into `lines` lines of `ems`.

    Where not even the first one fits, it is cut between two words (inside one, if it is all there is) and ends in
    an ellipsis. No lines, no text.
    """
    words = " ".join(text.split())
    if lines < 1 or not words:
        return ""
    if line_count(words, ems=ems) <= lines:
        return words
    fitting = [end for end in _sentence_ends(words) if line_count(words[:end], ems=ems) <= lines]
    return words[: fitting[-1]].rstrip() if fitting else _cut(words, lines=lines, ems=ems)


def _sentence_ends(words: str) -> list[int]:
    """Where a sentence ends and another follows; not after `e.g.` or an initial, nor before a small letter."""
    return [
        match.end()
        for match in _SENTENCE_END.finditer(words)
        if not words[match.end()].islower() and not _ABBREVIATED.search(words[: match.end()].rstrip()[-12:])
    ]


def _cut(words: str, *, lines: int, ems: float) -> str:
    """The longest beginning that fits with its ellipsis, found by halving."""
    least, most = 0, len(words)
    while least < most:
        middle = (least + most + 1) // 2
        if line_count(words[:middle].rstrip() + CUT, ems=ems) <= lines:
            least = middle
        else:
            most = middle - 1
    head = words[:least]
    between = head.rfind(" ") if least < len(words) and words[least] != " " else least
    return ((head[:between] if between > 0 else head).rstrip(" ,;:–—") + CUT).strip()


def _width(word: str) -> float:
    return sum(map(_sign_width, word))


def _sign_width(sign: str) -> float:
    if sign in _NARROW:
        return _EMS["narrow"]
    if sign in _WIDE:
        return _EMS["wide"]
    if sign.isascii():
        return _EMS["capital"] if sign.isupper() else _EMS["other"]
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return _EMS["full"]
    return _EMS["capital"]
