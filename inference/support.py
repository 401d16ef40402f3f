"""How well passages support a sentence: pure, no model, a fraction of a millisecond.

The share of a sentence that its passages say is the mean of two: its distinct content stems and all its words, small
ones included, since a sentence that was made up also has other small words. Then it is read for what a share misses:
numbers and names that no passage has, a sentence of the passage that says the same with a *not* or an opposite, a first
person. Measured on BEGIN (docs/benchmarks.md). The thresholds are never lowered to make an answer look better.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from inference.opposites import opposed
from inference.sentences import sentences
from inference.types import Evidence
from inference.vocabulary import STOP_WORDS, content_words, stem, words

SUPPORTED = 0.78
WEAK = 0.45
ALIGNED = 0.5  # share of a sentence's stems from which a sentence of the passage is about the same
TURNED = 0.8  # ... from which one that says the opposite of it contradicts it

_NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*(?=['’]?s?\b|\W|$)")
_DIGITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPELT = {word: str(number) for number, word in enumerate(_DIGITS.split(), 2)}
_SPELT |= {word: f"{tens}0" for tens, word in enumerate(_TENS.split(), 2)}
_ALSO_SPELT = _SPELT | {"one": "1", "hundred": "100"}  # what a passage may spell; in a claim they say little
_NAME = re.compile(r"(?<=[a-z0-9,;’'”)]) ([A-ZÀ-Þ][\w’'-]+)")
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ](?=[a-zà-þ])")
_CLAUSE_END = re.compile(r"[,;:.!?()—–]|\bbut\b", re.IGNORECASE)
_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "neither",
        "nor",
        "nobody",
        "nothing",
        "cannot",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "don't",
        "doesn't",
        "didn't",
        "can't",
        "won't",
        "couldn't",
        "shouldn't",
        "wouldn't",
        "hasn't",
        "haven't",
        "hadn't",
    ]
)
_NO_NEGATIONS = re.compile(r"^\W*no\b|\b(?:not|no) (?:only|just|merely|longer|doubt|matter)\b", re.IGNORECASE)
_REACH = 5  # content words that a negation turns
_SELF = frozenset({"i", "i'm", "i've", "i'd", "i'll", "my", "me", "mine", "myself"})


@dataclass(frozen=True)
class Claim:
    """A sentence as it is compared: `turned` are the content stems that a negation stands before."""

    stems: frozenset[str]
    tokens: tuple[str, ...]
    words: frozenset[str]
    turned: frozenset[str]


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


def grade(sentence: str, grounds: Sequence[Ground]) -> str:
    """`supported`, `weak` or `unsupported` by these passages together."""
    score = share(sentence, grounds)
    if score < WEAK:
        return "unsupported"
    doubt = doubts(sentence, grounds)
    if doubt == "turned":
        return "unsupported"
    return "supported" if score >= SUPPORTED and not doubt else "weak"


def share(sentence: str, grounds: Sequence[Ground]) -> float:
    """How much of a sentence these passages say, 0 to 1; 1 for a sentence without words."""
    claim = _claim(sentence)
    if not claim.tokens:
        return 1.0
    every = sum(any(token in one.tokens for one in grounds) for token in claim.tokens) / len(claim.tokens)
    if not claim.stems:
        return every
    return (sum(any(each in one.stems for one in grounds) for each in claim.stems) / len(claim.stems) + every) / 2


def doubts(sentence: str, grounds: Sequence[Ground]) -> str:
    """What speaks against a sentence whose words are there; nothing where nothing does.

    `turned` (it says the opposite), `number`, `name`, `self` (it speaks of itself) or `asks`.
    """
    claim = _claim(sentence)
    nearest = _nearest(claim, grounds)
    if nearest and _is_turned(claim, nearest):
        return "turned"
    if not _numbers(sentence, _SPELT) <= frozenset().union(*(one.numbers for one in grounds)):
        return "number"
    if not all(_is_named(name, grounds) for name in _NAME.findall(sentence)):
        return "name"
    if not all(any(word in one.words for one in grounds) for word in claim.words & _SELF):
        return "self"
    return "asks" if sentence.rstrip(' "”’)').endswith("?") else ""


def _is_named(name: str, grounds: Sequence[Ground]) -> bool:
    """Whether a name stands in the passages, as it is or as the words it is short for."""
    if name.isupper() and any(name in one.initials for one in grounds):
        return True
    return all(any(stem(word) in one.tokens for one in grounds) for word in words(name))


@lru_cache(maxsize=512)
def _ground(names: str, text: str) -> Ground:
    whole = f"{names} {text}"
    every = words(whole)
    return Ground(
        stems=frozenset(content_words(whole)),
        tokens=frozenset(map(stem, every)),
        words=frozenset(every),
        numbers=_numbers(whole, _ALSO_SPELT),
        initials="".join(_CAPITAL.findall(whole)),
        text=text,
    )


@lru_cache(maxsize=512)
def _claims(text: str) -> tuple[Claim, ...]:
    return tuple(_claim(one) for line in text.splitlines() for one in sentences(line))


@lru_cache(maxsize=4096)
def _claim(sentence: str) -> Claim:
    said = words(sentence)
    return Claim(frozenset(content_words(sentence)), tuple(map(stem, said)), frozenset(said), _turned_stems(sentence))


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


def _nearest(claim: Claim, grounds: Sequence[Ground]) -> Claim | None:
    """The sentence of the passages that has most of this one's stems, where it has half of them."""
    best, most = None, 0.0
    if claim.stems:
        for one in (each for ground_ in grounds for each in _claims(ground_.text)):
            shared = len(claim.stems & one.stems) / len(claim.stems)
            if shared > most:
                best, most = one, shared
    return best if most >= ALIGNED else None


def _is_turned(claim: Claim, source: Claim) -> bool:
    """Whether one of two sentences about the same denies what the other says, or says its opposite."""
    denied, kept = claim.turned & source.stems, source.turned & claim.stems
    near = len(claim.stems & source.stems) >= TURNED * len(claim.stems)
    if near and denied and not denied & source.turned:
        return True
    if near and kept and not kept & claim.turned and 2 * len(kept) >= len(source.turned):
        return True
    against = {stem(word) for word in claim.words - source.words if opposed(word, source.words - claim.words)}
    # What is left of a sentence without the word that is turned must be about the very same.
    return bool(against) and len(claim.stems & source.stems) >= TURNED * len(claim.stems - against)


def _numbers(text: str, spelt: Mapping[str, str]) -> frozenset[str]:
    """The numbers in a text, in digits, without separators."""
    digits = {number.rstrip(".,").replace(",", "") for number in _NUMBER.findall(text)}
    return frozenset(digits | {spelt[word] for word in words(text) if word in spelt})
