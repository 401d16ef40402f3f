"""Which patterns a sentence names, and whether it names the two it is said to be about. Pure.

Words are compared without case, accents and punctuation. Of names that lie inside each other the longest counts.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from patterns.doubting.edges import Named

_WORD: Final = re.compile(r"\w+")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_TAIL: Final = re.compile(r"\s+[-–—:]\s+.*|:\s+.*")
_ACRONYM: Final = re.compile(r"\b[A-Z][A-Z0-9]{1,7}\b")
LONGEST: Final = 9  # words of a name
SMALL: Final = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "its", "of", "on", "or", "s", "the", "to", "with")
)
ENOUGH: Final = 0.6  # of an end's own words, to say that a sentence names it


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text; `pattern` is the one it names, if any."""

    text: str
    pattern: int | None = None


@dataclass(frozen=True)
class Index:
    """Every title of at least two words, by its folded words."""

    by_words: Mapping[tuple[str, ...], frozenset[int]]

    @classmethod
    def of(cls, names: Mapping[int, Named]) -> "Index":
        found: dict[tuple[str, ...], set[int]] = {}
        for pk, named in names.items():
            for words in forms(named.title):
                if 2 <= len(words) <= LONGEST and not SMALL.issuperset(words):
                    found.setdefault(words, set()).add(pk)
        return cls({words: frozenset(pks) for words, pks in found.items()})

    def named_in(self, text: str) -> Iterator[tuple[int, int, frozenset[int]]]:
        """Yield `(start, end, patterns)` of each name in `text`, from left to right, none inside another."""
        places = [(match.start(), match.end(), fold(match[0])) for match in _WORD.finditer(text)]
        words = [word for _, _, word in places]
        here = 0
        while here < len(words):
            for length in range(min(LONGEST, len(words) - here), 1, -1):
                if patterns := self.by_words.get(tuple(words[here : here + length])):
                    yield places[here][0], places[here + length - 1][1], patterns
                    here += length
                    break
            else:
                here += 1


def fold(word: str) -> str:
    """A word as names are compared."""
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def words_of(text: str) -> tuple[str, ...]:
    return tuple(fold(match[0]) for match in _WORD.finditer(text))


def forms(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways a name is written: whole, without what stands in brackets, and without its subtitle."""
    for form in _forms(name):
        yield words_of(form)


def _forms(name: str) -> Iterator[str]:
    bare = _BRACKETS.sub(" ", name)
    head = _TAIL.sub("", bare)
    yield from dict.fromkeys((name, bare, head))


def names_it(text: str, named: Named) -> bool:
    """Whether `text` speaks of a pattern: by a name of it, by its acronym, or by most of its name's own words."""
    spoken = set(words_of(text))
    shouted = set(_ACRONYM.findall(text))
    for name in (named.title, *named.aliases):
        if shouted & set(_ACRONYM.findall(name)):
            return True
        for form in forms(name):
            own = {word for word in form if word not in SMALL}
            if own and sum(_spoken(word, spoken) for word in own) >= ENOUGH * len(own):
                return True
    return False


def _spoken(word: str, spoken: set[str]) -> bool:
    """A word counts in the singular and the plural."""
    return word in spoken or f"{word}s" in spoken or (word.endswith("s") and word[:-1] in spoken)


def stretches(text: str, ends: Mapping[int, Named], others: Mapping[int, Named] | None = None) -> list[Stretch]:
    """Cut `text` at the names in it, so that a page can mark them. Only names of `ends` and `others` are looked for."""
    known = {**ends, **(others or {})}
    pieces, done = [], 0
    short = {words: frozenset({pk}) for pk, named in known.items() for words in forms(named.title) if len(words) == 1}
    found = list(Index.of(known).named_in(text))
    covered = [(start, end) for start, end, _ in found]
    for match in _WORD.finditer(text):
        one = short.get((fold(match[0]),))
        if one and not any(start <= match.start() < end for start, end in covered):
            found.append((match.start(), match.end(), one))
    for start, end, patterns in sorted(found, key=lambda one: one[0]):
        pieces += [Stretch(text[done:start]), Stretch(text[start:end], min(patterns))]
        done = end
    return [piece for piece in [*pieces, Stretch(text[done:])] if piece.text]


def others_named(text: str, ends: Iterable[int], index: Index) -> list[frozenset[int]]:
    """Return the patterns that `text` names and that are none of `ends`, each once, in the order of the text.

    Only what is written as a name, with capitals, is one: *technical infrastructure* is no pattern, it is a phrase.
    """
    own = set(ends)
    found = (
        patterns for start, end, patterns in index.named_in(text) if not patterns & own and _capital(text[start:end])
    )
    return list(dict.fromkeys(found))


def _capital(name: str) -> bool:
    words = [word for word in _WORD.findall(name) if fold(word) not in SMALL]
    return all(not word[0].islower() for word in words)
