"""Packs passages into what a model can read, best first, whole where possible. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from inference.sentences import sentences
from inference.types import Evidence

LEAST = 40  # tokens a shortened passage must keep to be worth reading
OVERHEAD = 24  # tokens that the frame around a passage takes


def fit(evidence: Sequence[Evidence], *, budget: int, count: Callable[[str], int]) -> tuple[Evidence, ...]:
    """The evidence that fits into `budget` tokens, in order; the last may be cut at the end of a sentence.

    A passage that says what an earlier one says (the same fingerprint) is left out.
    """
    kept: list[Evidence] = []
    seen: set[str] = set()
    for one in evidence:
        if one.sha256 and one.sha256 in seen:
            continue
        cost = count(one.text) + OVERHEAD
        if cost > budget:
            shorter = _shortened(one.text, budget - OVERHEAD, count) or (
                "" if kept else _begun(one.text, budget, count)
            )
            if shorter:
                kept.append(replace(one, text=shorter))
            break
        seen.add(one.sha256)
        kept.append(one)
        budget -= cost
    return tuple(kept)


def _shortened(text: str, budget: int, count: Callable[[str], int]) -> str:
    """The first sentences of `text` that fit, or nothing where that would be too little."""
    kept, used = [], 0
    for sentence in sentences(text):
        used += count(sentence)
        if used > budget:
            break
        kept.append(sentence)
    shorter = " ".join(kept)
    return shorter if count(shorter) >= LEAST else ""


def _begun(text: str, budget: int, count: Callable[[str], int]) -> str:
    """The beginning of a first passage, however short: a model with a tiny context reads something."""
    while text and count(text) > budget:
        text = text[: len(text) // 2].rsplit(" ", 1)[0] if " " in text[: len(text) // 2] else ""
    return text
