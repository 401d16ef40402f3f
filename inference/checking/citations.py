"""Ties sentences to the passages they cite and says how well those support them. Pure: text and passages in, no model.

What counts as support is `inference.checking.support`. A sentence that only says that the library has nothing claims
nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from inference.checking.support import Ground, grade, ground, share
from inference.quoting.fixed import LABELS
from inference.types import Evidence, Sentence, Support
from inference.words.sentences import split
from inference.words.vocabulary import content_words

LEAST_WORDS = 3  # distinct content words below which a sentence without a citation is not searched for one

# `[3]`, `[1, 2]`, `[1-3]` with the spaces before, so that a dropped one leaves no hole; bounded, so that what is held
# back is short.
_MARK = re.compile(r"[ \t]{0,8}[\[【]([\d ,;–-]{1,24})[\]】]")
_UNFINISHED = re.compile(r"(?:[ \t]{1,8}|[ \t]{0,8}[\[【][\d ,;–-]{0,24})\Z")
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)|(\d+)")
# "The passages do not say …", "The library has no passage about it.": one short sentence and nothing beside it.
_NOTHING_THERE = re.compile(
    r"^(?:the|this|these|no) (?:\w+ )?(?:library|passages?|sources?|entry|entries)\b[^,;:]{0,30}?"
    r"(?:\bdo(?:es)? not (?:\w+ )?(?:answer|mention|say|describe|contain|cover|address|explain|define|compare|discuss"
    r"|state)"
    r"|\b(?:has|have|states?) no\b|\bsays? nothing\b|\bis named\b)"
    r"[^,;:]*\.$",
    re.IGNORECASE,
)
_PREFIXED = re.compile(rf"^(?:{'|'.join(map(re.escape, sorted(LABELS)))}): ")


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
    parts = split(text)
    return Support(tuple(_checked(place, parts, sources) for place in range(len(parts))))


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


def _checked(place: int, parts: Sequence[Sentence], sources: Sequence[Evidence]) -> Sentence:
    sentence = parts[place]
    if sentence.support == "" or (not sentence.citations and _NOTHING_THERE.match(sentence.text)):
        return replace(sentence, support="")
    label = "" if sentence.label in LABELS or _is_proven_beside(place, parts, sources) else sentence.label
    text = f"{label}: {_PREFIXED.sub('', sentence.text)}" if label else _PREFIXED.sub("", sentence.text)
    cited = tuple(n for n in sentence.citations if 1 <= n <= len(sources))
    cited = cited or _found(text, _nearby(place, parts), sources)
    support = grade(text, _grounds(sources, cited)) if cited else "unsupported"
    return replace(sentence, citations=cited, support=support)


def _is_proven_beside(place: int, parts: Sequence[Sentence], sources: Sequence[Evidence]) -> bool:
    """Whether the name of an item of several sentences stands in what another one of them cites."""
    sentence = parts[place]
    others = [n for one in parts if one.block == sentence.block and one is not sentence for n in one.citations]
    there = [n for n in others if 1 <= n <= len(sources)]
    return bool(sentence.label and there) and share(sentence.label, _grounds(sources, there)) == 1.0


def _grounds(sources: Sequence[Evidence], numbers: Sequence[int]) -> list[Ground]:
    return [ground(sources[number - 1]) for number in numbers]


def _nearby(place: int, parts: Sequence[Sentence]) -> tuple[int, ...]:
    """What the sentences after and before this one in its paragraph or item cite: a mark often stands for several."""
    block = parts[place].block
    for one in (*parts[place + 1 :], *reversed(parts[:place])):
        if one.block == block and one.citations:
            return one.citations
    return ()


def _found(text: str, nearby: tuple[int, ...], sources: Sequence[Evidence]) -> tuple[int, ...]:
    """The sources of a sentence that cites none: those of its neighbours, or the one that supports it by itself."""
    near = tuple(n for n in nearby if 1 <= n <= len(sources))
    if near and grade(text, _grounds(sources, near)) == "supported":
        return near
    if len(set(content_words(text))) < LEAST_WORDS:
        return ()
    best = max(range(1, len(sources) + 1), key=lambda n: share(text, _grounds(sources, [n])), default=None)
    return (best,) if best and grade(text, _grounds(sources, [best])) == "supported" else ()


def _numbers(inside: str) -> list[int]:
    found: list[int] = []
    for first, last, single in _RANGE.findall(inside):
        if single:
            found.append(int(single))
        elif int(first) <= int(last) < int(first) + 10:
            found += range(int(first), int(last) + 1)
    return found
