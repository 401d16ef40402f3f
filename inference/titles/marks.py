"""Shows which part of a name somebody has typed, so that the eye finds it among the suggestions. Pure."""

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from inference.titles.index import LONGEST, slips_forgiven
from inference.words.folding import Word, fold, reach
from inference.words.highlighting import Stretch
from inference.words.vocabulary import STOP_WORDS, singular


def marked(name: str, query: str) -> tuple[Stretch, ...]:
    """Return `name` in stretches, in order and whole; those that `query` says are hits."""
    words = fold(name)
    asked = [word.folded for word in fold(query[:LONGEST])]
    joined = "".join(asked)
    if joined and "".join(word.folded for word in words).startswith(joined):
        spans = _beginning(name, words, len(joined))
    else:
        told = [word for word in asked if word not in STOP_WORDS] or asked
        spans = ((word.start, reach(name, word, letters)) for word in words if (letters := _said(word.folded, told)))
    return tuple(_stretches(name, spans))


def _beginning(name: str, words: Iterable[Word], letters: int) -> Iterator[tuple[int, int]]:
    for word in words:
        if letters > 0:
            yield word.start, reach(name, word, letters)
        letters -= len(word.folded)


def _said(word: str, asked: Iterable[str]) -> int:
    """Return how many letters of `word` one of `asked` says: what it begins with, or all where slips make it that."""
    most = 0
    for other in asked:
        slips = 0 if word in STOP_WORDS else slips_forgiven(other)
        if word.startswith(other):
            most = max(most, len(other))
        elif word == singular(other) or (slips and OSA.distance(other, word) <= slips):
            most = len(word)
        elif slips and OSA.distance(other, word[: len(other)]) <= 1:
            most = max(most, len(other))
    return most


def _stretches(name: str, spans: Iterable[tuple[int, int]]) -> Iterator[Stretch]:
    at = 0
    for start, end in spans:
        if start > at:
            yield Stretch(name[at:start])
        yield Stretch(name[start:end], hit=True)
        at = end
    if at < len(name):
        yield Stretch(name[at:])
