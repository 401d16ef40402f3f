"""Finds phrases in a text in the time it takes to look for their first words. Pure.

A pattern of many alternatives is tried at every letter, which is slow in a text of many; here each phrase says how it
opens, that is looked for as plain text, and only there the rest is tried.
"""

import re
from collections.abc import Iterable, Iterator, Sequence


class Phrases:
    """Phrases as `(openings, rest)`: plain lower-case text, `|` between several, and a pattern that goes on from it.

    `rest` is written in lower case; its counts must be bounded. Phrases begin and end at the edges of words unless
    `anywhere`.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]], *, anywhere: bool = False) -> None:
        self._anywhere = anywhere
        self._phrases: list[tuple[Sequence[str], re.Pattern[str]]] = [
            (openings.split("|"), re.compile(rest + ("" if anywhere else r"(?!\w)"))) for openings, rest in phrases
        ]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in `text` the phrases stand, in the order in which they were given."""
        low = lowered(text)
        for openings, rest in self._phrases:
            for opening in openings:
                yield from self._of_one(low, opening, rest)

    def _of_one(self, low: str, opening: str, rest: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        start = low.find(opening)
        while start >= 0:
            end = start + len(opening)
            at_edge = self._anywhere or start == 0 or not (low[start - 1].isalnum() or low[start - 1] == "_")
            if at_edge and (found := rest.match(low, end)):
                yield start, found.end()
                end = max(end, found.end())
            start = low.find(opening, end)


def lowered(text: str) -> str:
    """`text` in lower case, letter by letter, so that places stay the same."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one if len(one := sign.lower()) == 1 else sign for sign in text)
    return low
