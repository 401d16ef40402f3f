"""Texts made ready to be compared: the words, numbers and denials of a sentence, and all that a passage says. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from inference.types import Evidence
from inference.words.sentences import sentences
from inference.words.vocabulary import STOP_WORDS, content_words, stem, words

_NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*(?=['’]?s?\b|\W|$)")
_DIGITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SPELT = {word: str(number) for number, word in enumerate(_DIGITS.split(), 2)}
SPELT |= {word: f"{tens}0" for tens, word in enumerate(_TENS.split(), 2)}
ALSO_SPELT = SPELT | {"one": "1", "hundred": "100"}  # what a passage may spell; in a claim they say little
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ](?=[a-zà-þ])")
_CLAUSE_END = re.compile(r"[,;:.!?()—–]|\bbut\b", re.IGNORECASE)
_DENYING = (
    "not no never none neither nor nobody nothing cannot isn't aren't wasn't weren't don't doesn't didn't can't won't"
    " couldn't shouldn't wouldn't hasn't haven't hadn't"
)
_NEGATIONS = frozenset(_DENYING.split())
_NO_NEGATIONS = re.compile(r"^\W*no\b|\b(?:not|no) (?:only|just|merely|longer|doubt|matter)\b", re.IGNORECASE)
_REACH = 5  # content words that a negation turns


@dataclass(frozen=True)
class Claim:
    """A sentence as it is compared: `turned` are the content stems that a negation stands before, `denials` its
    negations.
    """

    stems: frozenset[str]
    tokens: tuple[str, ...]
    words: frozenset[str]
    turned: frozenset[str]
    denials: int


@dataclass(frozen=True)
class Ground:
    """A passage with its title and section, ready to be held against sentences."""

    stems: frozenset[str]
    tokens: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[str]
    initials: str
    text: str


def ground(source: Evidence) -> Ground:
    """What a passage says, with the names that stand above it."""
    return _ground(f"{source.title}. {source.section}.", source.text)


@lru_cache(maxsize=512)
def _ground(names: str, text: str) -> Ground:
    whole = f"{names} {text}"
    every = words(whole)
    return Ground(
        stems=frozenset(content_words(whole)),
        tokens=frozenset(map(stem, every)),
        words=frozenset(every),
        numbers=numbers_of(whole, ALSO_SPELT),
        initials="".join(_CAPITAL.findall(whole)),
        text=text,
    )


@lru_cache(maxsize=512)
def claims_of(text: str) -> tuple[Claim, ...]:
    return tuple(claim_of(one) for line in text.splitlines() for one in sentences(line))


@lru_cache(maxsize=4096)
def claim_of(sentence: str) -> Claim:
    said = words(sentence)
    denials = sum(word in _NEGATIONS or word.endswith("n't") for word in said)
    return Claim(
        stems=frozenset(content_words(sentence)),
        tokens=tuple(map(stem, said)),
        words=frozenset(said),
        turned=_turned_stems(sentence) if denials else frozenset(),
        denials=denials,
    )


def _turned_stems(sentence: str) -> frozenset[str]:
    """The content stems that stand only after a negation, within its clause."""
    text = _NO_NEGATIONS.sub(" ", sentence)
    if not any(word in _NEGATIONS or word.endswith("n't") for word in words(text)):
        return frozenset()
    turned: set[str] = set()
    plain: set[str] = set()
    for clause in _CLAUSE_END.split(text):
        left = 0
        for word in words(clause):
            if word in _NEGATIONS or word.endswith("n't"):
                left = _REACH
            elif word not in STOP_WORDS:
                (turned if left else plain).add(stem(word))
                left = max(0, left - 1)
    return frozenset(turned - plain)


def numbers_of(text: str, spelt: Mapping[str, str]) -> frozenset[str]:
    """The numbers in a text, in digits, without separators."""
    digits = {number.rstrip(".,").replace(",", "") for number in _NUMBER.findall(text)}
    return frozenset(digits | {spelt[word] for word in words(text) if word in spelt})
