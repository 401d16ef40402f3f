"""Tells a name from an ordinary word: whether a question is about what is called `Trust` or only has trust in it. Pure.

A name of several telling words is a name wherever it stands. One telling word is a name where it is written as one,
where it fills the place a question asks about ("what is X", "X vs Y", "who uses X"), or where little else is said.
"""

import re
from collections.abc import Sequence

from inference.words.vocabulary import ASKING_WORDS, STOP_WORDS


def _of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ARTICLES = _of("a an the our your this some any")
# What stands before the thing a question is about.
_BEFORE = _of(
    "is are was were about explain define describe understand between from to of than like versus vs "
    "does do did use uses used using apply applies practise practises practice adopt adopts introduce "
    "compare comparing called with against resembles introducing alternative alternatives and or"
)
# What stands after it.
_AFTER = _of(
    "work works mean means require requires need needs enable enables differ differs compare compares "
    "use used uses practised practiced applied vs versus and or from to complement complements relate "
    "related connected look start help helps fail fails lead support supports"
)
_ABOUT = _of("pattern patterns practice method explain about define")
LITTLE = 1  # telling words a question may have besides a name of one word


def telling(words: Sequence[str]) -> int:
    """How many of `words` (as compared) say something by themselves."""
    return sum(word not in STOP_WORDS and word not in ASKING_WORDS for word in words)


def is_written_as_name(question: str, start: int, end: int) -> bool:
    """Whether `question[start:end]` is capitalised where a plain word would not be."""
    written = question[start:end]
    if not written[:1].isupper():
        return False
    if written.isupper() and len(written) > 1:
        return not question.isupper()
    before = question[:start].rstrip(" \"'“‘(*")
    begins = not before or before[-1] in ".?!:;\n"
    letters = [word for word in re.findall(r"[^\W\d_]\w*", question) if word.lower() not in STOP_WORDS]
    shouted = len(letters) > 2 and sum(word[:1].isupper() for word in letters) > 0.7 * len(letters)
    return not begins and not shouted


def is_asked_about(words: Sequence[str], gaps: Sequence[str], start: int, end: int) -> bool:
    """Whether `words[start:end]` fills the place that a question asks about.

    `words` are lower-case; `gaps[n]` is what stands between word `n - 1` and word `n`, the last what ends the question.
    """
    first = start
    while first > 0 and words[first - 1] in _ARTICLES and not _breaks(gaps[first]):
        first -= 1
    opens = first == 0 or _breaks(gaps[first]) or words[first - 1] in _BEFORE
    closes = end == len(words) or _breaks(gaps[end]) or words[end] in _AFTER
    if opens and closes:
        return True
    rest = [*words[:start], *words[end:]]
    return telling(rest) <= LITTLE and (opens or closes or any(word in _ABOUT for word in rest))


def _breaks(gap: str) -> bool:
    return any(sign in gap for sign in ',;:?!.()"“”&/')
