"""Ties sentences to the passages they cite and says how well those support them. Pure: text and passages in, no model.

Support is the share of a sentence's distinct content stems that its cited passages (with their title and section)
contain. At or above `SUPPORTED` it is supported, at or above `WEAK` weak, below unsupported; a number of two or more
digits that no cited passage has makes it weak at best. The thresholds are never lowered to make an answer look better.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from inference.sentences import split
from inference.types import Evidence, Sentence, Support
from inference.vocabulary import content_words

SUPPORTED = 0.75
WEAK = 0.45
LEAST_WORDS = 3  # distinct content words below which a sentence without a citation is not searched for one

# `[3]`, `[1, 2]`, `[1-3]` with the spaces before, so that a dropped one leaves no hole; bounded, so that what is held
# back is short.
_MARK = re.compile(r"[ \t]{0,8}[\[【]([\d ,;–-]{1,24})[\]】]")
_UNFINISHED = re.compile(r"(?:[ \t]{1,8}|[ \t]{0,8}[\[【][\d ,;–-]{0,24})\Z")
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)|(\d+)")
_NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*\d(?!\w)")


class Numbering:
    """Renames the evidence numbers a generator writes to source numbers 1, 2, 3 in order of first use, as text arrives.

    What `feed` returns, joined, does not depend on how the text was cut. Numbers outside 1..`known` are dropped.
    """

    def __init__(self, known: int) -> None:
        self.known = known
        self.used: list[int] = []
        self._held = ""

    def feed(self, piece: str) -> str:
        """The text that can be shown now; the rest is kept until it is clear whether it is a marker."""
        text = self._held + piece
        unfinished = _UNFINISHED.search(text)
        cut = unfinished.start() if unfinished else len(text)
        self._held = text[cut:]
        return _MARK.sub(self._rename, text[:cut])

    def flush(self) -> str:
        """What was still held back, once nothing more comes."""
        held, self._held = self._held, ""
        return _MARK.sub(self._rename, held)

    def number(self, evidence: int) -> int:
        """The source number of evidence number `evidence`, given out when new."""
        if evidence not in self.used:
            self.used.append(evidence)
        return self.used.index(evidence) + 1

    def _rename(self, mark: re.Match[str]) -> str:
        if not any(sign.isdigit() for sign in mark[1]):
            return mark[0]
        numbers = dict.fromkeys(self.number(n) for n in _numbers(mark[1]) if 1 <= n <= self.known)
        return (" " if mark[0][0] in " \t" and numbers else "") + "".join(f"[{n}]" for n in numbers)


def check(text: str, sources: Sequence[Evidence]) -> Support:
    """Split `text` into sentences and say how well `sources` (source number n is `sources[n - 1]`) support each.

    A sentence without a citation is given the one source that supports it by itself, where there is such a one.
    """
    vocabularies = [_vocabulary(source) for source in sources]
    return Support(tuple(_checked(sentence, vocabularies) for sentence in split(text)))


def settle(
    text: str, evidence: Sequence[Evidence], used: Sequence[int]
) -> tuple[tuple[Sentence, ...], tuple[Evidence, ...]]:
    """The checked sentences of a whole answer and its sources in the order of their numbers.

    `used` are the evidence numbers cited so far, as `Numbering` gave them out; a sentence that cites nothing may bring
    in a source that nobody cited, but only one that supports it by itself.
    """
    rest = [number for number in range(1, len(evidence) + 1) if number not in used and evidence[number - 1].trusted]
    order = [*used, *rest]
    checked = check(text, [evidence[number - 1] for number in order]).sentences
    brought = dict.fromkeys(n for sentence in checked for n in sentence.citations if n > len(used))
    renamed = {n: len(used) + place for place, n in enumerate(brought, 1)}
    sentences = tuple(
        replace(sentence, citations=tuple(renamed.get(n, n) for n in sentence.citations)) for sentence in checked
    )
    return sentences, tuple(evidence[order[n - 1] - 1] for n in [*range(1, len(used) + 1), *brought])


def coverage(sentence: str, vocabulary: frozenset[str]) -> float:
    """Share, 0 to 1, of the distinct content stems of `sentence` that `vocabulary` has; 1 when it has none."""
    wanted = set(content_words(sentence))
    return len(wanted & vocabulary) / len(wanted) if wanted else 1.0


def _checked(sentence: Sentence, vocabularies: Sequence[frozenset[str]]) -> Sentence:
    if sentence.support == "":
        return sentence
    cited = tuple(n for n in sentence.citations if 1 <= n <= len(vocabularies))
    if not cited and len(set(content_words(sentence.text))) >= LEAST_WORDS:
        best = max(range(len(vocabularies)), key=lambda n: coverage(sentence.text, vocabularies[n]), default=None)
        if best is not None and _grade(sentence.text, vocabularies[best]) == "supported":
            cited = (best + 1,)
    together = frozenset().union(*(vocabularies[n - 1] for n in cited))
    grade = _grade(f"{sentence.label} {sentence.text}", together) if cited else "unsupported"
    return replace(sentence, citations=cited, support=grade)


def _grade(text: str, vocabulary: frozenset[str]) -> str:
    share = coverage(text, vocabulary)
    if share < WEAK:
        return "unsupported"
    numbers = {re.sub(r"[.,]", "", number) for number in _NUMBER.findall(text)}
    return "supported" if share >= SUPPORTED and numbers <= vocabulary else "weak"


def _vocabulary(source: Evidence) -> frozenset[str]:
    text = f"{source.title} {source.section} {source.text}"
    numbers = (re.sub(r"[.,]", "", number) for number in _NUMBER.findall(text))
    return frozenset(content_words(text)) | frozenset(numbers)


def _numbers(inside: str) -> list[int]:
    found: list[int] = []
    for first, last, single in _RANGE.findall(inside):
        if single:
            found.append(int(single))
        elif int(first) <= int(last) < int(first) + 10:
            found += range(int(first), int(last) + 1)
    return found
