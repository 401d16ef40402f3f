"""How well passages support a sentence: pure, no model, a fraction of a millisecond.

The share of a sentence that its passages say is the mean of two: its distinct content stems and all its words, small
ones included, since a sentence that was made up also has other small words. Then it is read for what a share misses:
numbers and names that no passage has, a sentence of the passage that says the same with a *not* or an opposite, a first
person. Measured on BEGIN (docs/benchmarks.md). The thresholds are never lowered to make an answer look better.
"""

import re
from collections.abc import Sequence

from inference.checking.grounds import SPELT, Claim, Ground, claim_of, claims_of, ground, numbers_of
from inference.checking.opposites import opposed
from inference.words.vocabulary import stem, words

__all__ = ["doubts", "grade", "ground", "share"]

SUPPORTED = 0.78
WEAK = 0.45
ALIGNED = 0.5  # share of a sentence's stems from which a sentence of the passage is about the same
TURNED = 0.8  # ... from which one that says the opposite of it contradicts it

_NAME = re.compile(r"(?<=[a-z0-9,;’'”)]) ([A-ZÀ-Þ][\w’'-]+)")
_SELF = frozenset({"i", "i'm", "i've", "i'd", "i'll", "my", "me", "mine", "myself"})


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
    claim = claim_of(sentence)
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
    claim = claim_of(sentence)
    nearest = _nearest(claim, grounds)
    if nearest and _is_turned(claim, nearest):
        return "turned"
    if not numbers_of(sentence, SPELT) <= frozenset().union(*(one.numbers for one in grounds)):
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


def _nearest(claim: Claim, grounds: Sequence[Ground]) -> Claim | None:
    """The sentence of the passages that has most of this one's stems, where it has half of them."""
    best, most = None, 0.0
    if claim.stems:
        for one in (each for ground_ in grounds for each in claims_of(ground_.text)):
            shared = len(claim.stems & one.stems) / len(claim.stems)
            if shared > most:
                best, most = one, shared
    return best if most >= ALIGNED else None


def _is_turned(claim: Claim, source: Claim) -> bool:
    """Whether one of two sentences about the same denies what the other says, or says its opposite."""
    alike = claim.stems == source.stems and abs(len(claim.tokens) - len(source.tokens)) <= 2
    if alike and claim.denials != source.denials:
        return True
    denied, kept = claim.turned & source.stems, source.turned & claim.stems
    near = len(claim.stems & source.stems) >= TURNED * len(claim.stems)
    if near and denied and not denied & source.turned:
        return True
    if near and kept and not kept & claim.turned and 2 * len(kept) >= len(source.turned):
        return True
    against = {stem(word) for word in claim.words - source.words if opposed(word, source.words - claim.words)}
    # What is left of a sentence without the word that is turned must be about the very same.
    return bool(against) and len(claim.stems & source.stems) >= TURNED * len(claim.stems - against)
