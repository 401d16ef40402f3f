"""Finds the names of library entries in a question, exactly or with a typo. Pure: the names are handed in."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from inference.types import Entity
from inference.vocabulary import ASKING_WORDS, STOP_WORDS, singular

LONGEST_NAME = 8  # words
MOST = 6  # entities of one question
READ = 400  # words read of a question
CLOSE = 86.0  # of 100, by rapidfuzz ratio: one wrong letter in seven
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]{2,60})[)\]]")


@dataclass(frozen=True, slots=True)
class Named:
    """An entry as it may be called: `kind` is pattern or lighthouse, `names` its title, slug and aliases."""

    kind: str
    id: int
    slug: str
    title: str
    names: tuple[str, ...]


@dataclass(slots=True)
class Names:
    """Every name of the library, ready to be looked for."""

    by_words: dict[tuple[str, ...], Named] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)
    alike: dict[tuple[str, int], list[str]] = field(default_factory=dict)  # by first letter and count of words


def gather(entries: Iterable[Named]) -> Names:
    """Make the table. Of two entries with one name a title counts before an alias, then the first before a later."""
    names = Names()
    later: list[tuple[tuple[str, ...], Named]] = []
    for entry in entries:
        for place, name in enumerate(_spellings(entry)):
            key = tuple(_normal(word) for word in _WORD.findall(name))[:LONGEST_NAME]
            if not key or all(word in STOP_WORDS for word in key) or len("".join(key)) < 3:
                continue
            names.vocabulary.update(key)
            if place == 0:
                names.by_words.setdefault(key, entry)
            else:
                later.append((key, entry))
    for key, entry in later:
        names.by_words.setdefault(key, entry)
    for key in names.by_words:
        names.alike.setdefault((key[0][0], len(key)), []).append(" ".join(key))
    return names


def find(question: str, names: Names) -> tuple[Entity, ...]:
    """What `question` names, in the order it does: longest names first, no word counted twice, typos forgiven."""
    spans = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(question)][:READ]
    words = [_normal(word) for _, _, word in spans]
    taken = [False] * len(words)
    found: list[tuple[int, Entity]] = []
    for start, end in _stretches(len(words)):
        if any(taken[start:end]):
            continue
        key = tuple(words[start:end])
        entry, score = (names.by_words[key], 100.0) if key in names.by_words else _alike(key, names)
        if entry is None or _is_plain_word(key, question, spans[start]):
            continue
        taken[start:end] = [True] * (end - start)
        matched = question[spans[start][0] : spans[end - 1][1]]
        found.append((start, Entity(entry.kind, entry.id, entry.slug, entry.title, matched, score)))
    once: dict[tuple[str, int], Entity] = {}
    for _, entity in sorted(found, key=lambda item: item[0]):
        once.setdefault((entity.kind, entity.id), entity)
    return tuple(once.values())[:MOST]


def exact(name: str, names: Names) -> Named | None:
    """The entry called `name`, however that is capitalised, hyphenated or put in the plural."""
    return names.by_words.get(tuple(_normal(word) for word in _WORD.findall(name))[:LONGEST_NAME])


def _spellings(entry: Named) -> Iterator[str]:
    """A name with and without what stands in brackets, and what stands there."""
    for name in entry.names:
        yield name
        if _ASIDE.search(name):
            yield _ASIDE.sub("", name)
            yield from (match[1] for match in _ASIDE.finditer(name))


def _normal(word: str) -> str:
    """A word as compared: without case, accents, possessive and plural endings."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return singular(re.sub(r"['’]s?$|['’]", "", plain))


def _stretches(count: int) -> Iterator[tuple[int, int]]:
    for length in range(min(LONGEST_NAME, count), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length


def _is_plain_word(key: Sequence[str], question: str, span: tuple[int, int, str]) -> bool:
    """A one-word name that questions are made of counts only where it is written as a name, or stands alone."""
    if len(key) > 1 or (key[0] not in ASKING_WORDS and key[0] not in STOP_WORDS):
        return False
    written_as_name = span[2][:1].isupper() and span[0] > 0
    return not written_as_name and len(_WORD.findall(question)) > 1


def _alike(key: tuple[str, ...], names: Names) -> tuple[Named | None, float]:
    """The name most like these words, if one of them is misspelt: a word that some name has is no typo."""
    text = " ".join(key)
    odd = any(word not in names.vocabulary and word not in STOP_WORDS and len(word) > 3 for word in key)
    if not odd or len(text) < 6 or key[0] in STOP_WORDS or key[-1] in STOP_WORDS:
        return None, 0.0
    near = [name for count in (-1, 0, 1) for name in names.alike.get((text[0], len(key) + count), ())]
    best = process.extractOne(text, near, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return (names.by_words[tuple(best[0].split())], round(best[1], 1)) if best else (None, 0.0)
