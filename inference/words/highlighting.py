"""Shows why a passage was found: its sentence that says most of what was asked, with those words marked. Pure."""

import re
from dataclasses import dataclass

from inference.words.sentences import sentences
from inference.words.vocabulary import STOP_WORDS, stem, words

LENGTH = 280  # characters of an excerpt
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text, to be escaped by whoever shows it; `hit` marks an asked word."""

    text: str
    hit: bool = False


def excerpt(text: str, query: str) -> tuple[Stretch, ...]:
    """The sentence of `text` that has most of the asked words, on one line; none has any: the first.

    A sentence longer than LENGTH is cut between words, around those asked, and the cuts are marked with `…`.
    """
    asked = {stem(word) for word in words(query[:2000]) if word not in STOP_WORDS}
    best, most = "", -1
    for line in text.split("\n"):
        for sentence in sentences(line):
            count = len({stem(word) for word in words(sentence)} & asked)
            if count > most and (count or not best):
                best, most = sentence, count
    return _marked(best, asked)


def _marked(text: str, asked: set[str]) -> tuple[Stretch, ...]:
    hits = [match.span() for match in _WORD.finditer(text) if stem(match[0].lower()) in asked]
    start, end = _window(text, hits)
    pieces = [Stretch("… ")] if start else []
    at = start
    for left, right in hits:
        if left < start or right > end:
            continue
        if left > at:
            pieces.append(Stretch(text[at:left]))
        pieces.append(Stretch(text[left:right], hit=True))
        at = right
    if at < end:
        pieces.append(Stretch(text[at:end]))
    return (*pieces, Stretch(" …")) if end < len(text) else tuple(pieces)


def _window(text: str, hits: list[tuple[int, int]]) -> tuple[int, int]:
    """The stretch of about LENGTH characters with most hits, the earliest of equals, widened to whole words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    best, most = 0, 0
    for left, _ in hits:
        begin = max(0, left - LENGTH // 5)
        count = sum(begin <= other and end <= begin + LENGTH for other, end in hits)
        if count > most:
            best, most = begin, count
    start = text.find(" ", best, best + 40) + 1 if best else 0
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + LENGTH // 2)
    return start, end
