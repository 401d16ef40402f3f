"""Chooses among the sentences that could be quoted: those that answer, that stand alone, and that say it once. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from inference.quoting.aspects import Aspect
from inference.quoting.reading import Said, stems_of
from inference.types import Entity
from inference.words.vocabulary import asked_words, content_words

SAME = 0.55  # share of common stems from which two sentences say the same
_NAMES = re.compile(r"\s+[-–—:|]\s+|:\s+|\s*\(")  # what joins two names in one title
_LATER = {Aspect.FIT, Aspect.SOLUTION}
_OPENINGS = {None, Aspect.DEFINITION, Aspect.PROBLEM, Aspect.FIT, Aspect.SOLUTION}
_THEREFORE = re.compile(r"^Therefore\b", re.IGNORECASE)  # how a pattern of this library states its solution
_IS = (
    r"(?:is|are|means?|refers? to|describes?|was|were|turns?|gives?|lets?|holds?|allows?|helps?|names?)\b"
    r"(?! not\b| typically\b| most\b)"
)


@dataclass(frozen=True)
class Asked:
    """A question as sentences are held against it: its telling words with their weights, and which of them meet."""

    words: dict[str, float]
    pairs: frozenset[tuple[str, str]] = frozenset()

    def share(self, stems: Iterable[str]) -> float:
        """How much of what is asked these stems say, 0 to 1."""
        total = sum(self.words.values())
        return sum(self.words.get(stem, 0.0) for stem in stems) / total if total else 0.0

    def meets(self, text: str) -> float:
        """How many of the words that stand together in the question stand together in this text, 0 to 1."""
        return len(self.pairs & _pairs(text)) / len(self.pairs) if self.pairs else 0.0

    def score(self, said: Said, *, title: bool = True) -> float:
        """How well a sentence answers: its own words, less those of its place, and the rank of its passage."""
        own = self.share(said.stems)
        place = f"{said.evidence.title} {said.label}" if title else said.label
        around = self.share(stems_of(f"{place} {said.evidence.section}") - said.stems)
        score = own + 0.5 * around + 0.6 * said.evidence.score
        score += 0.25 if _THEREFORE.match(said.text) else 0.0
        score += 0.1 if said.head else 0.0
        score -= 0.5 if said.aspect == Aspect.ASIDE else 0.25 if said.persona else 0.0
        return score - (0.15 if said.words > 40 else 0.3 if said.words < 8 else 0.0)


def asked_of(question: str, said: Sequence[Said], named: Sequence[Entity] = ()) -> Asked:
    """The words of a question but for the names in it, the rarer among the candidates the more telling."""
    names = frozenset(content_words(" ".join(f"{one.title} {one.matched}" for one in named)))
    wanted = asked_words(question) - names
    counts = Counter(stem for one in said for stem in one.stems & wanted)
    pairs = frozenset(pair for pair in _pairs(question) if wanted.issuperset(pair))
    return Asked({stem: math.log(1 + len(said) / (1 + counts[stem])) for stem in wanted}, pairs)


@lru_cache(maxsize=2048)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    stems = content_words(text)
    return frozenset(pairwise(stems))


def names_of(entities: Iterable[Entity]) -> list[str]:
    """How sentences may name these entries: lower case, hyphens apart, brackets and plural endings with and without."""
    names = {part for one in entities for name in (one.title, one.matched) for part in (name, *_NAMES.split(name))}
    plain = {re.sub(r"\s*\([^)]*\)?", "", name).lower().replace("-", " ").strip(" )") for name in names}
    return sorted(
        {name for name in plain | {name.removesuffix("s") for name in plain} if len(name) > 1}, key=len, reverse=True
    )


def defines(text: str, names: Iterable[str], *, qualified: int = 2) -> bool:
    """Whether a sentence begins by saying what one of `names` is; `qualified`: words that may stand before the name."""
    start = text.lower().replace("-", " ").lstrip("\"“‘'")[:260]
    before = rf"(?:(?!of |in |for |to |with |by |and )\w+ ){{0,{qualified}}}"
    after = r"(?:, (?:also|often|sometimes|commonly|formerly|or)\b.{1,120}?,|, [^,]{1,60},|,)?"
    return any(
        re.match(
            rf"(?:an? |the )?(?:{before}{re.escape(name)}s?(?: (?:pattern|model|method|framework|approach|process))?"
            rf"(?: \([^)]*\))?|(?:\w+ ){{1,6}}\({re.escape(name)}s?\)){after} {_IS}",
            start,
        )
        for name in names
    )


def definition(own: Sequence[Said], names: Sequence[str], *, words: int = 60) -> list[Said]:
    """What an entry says it is: the sentence that defines it, with the one after it where both are short.

    Where its sections have the wrong headings, as in many files, a sentence that begins with the name defines it too.
    """
    whole = [one for one in own if not one.leans and one.words >= 7 and not one.label and not one.empty]
    stands = [one for one in whole if one.aspect in _OPENINGS]
    defining = [one for one in stands if defines(one.text, names)]
    if not defining:
        defining = [one for one in whole if one.head and defines(one.text, names, qualified=0)]
    heads = [one for one in stands if one.head]
    opening = [one for one in heads if one.aspect == Aspect.DEFINITION]
    defining.sort(key=lambda one: (one.aspect in _LATER, not defines(one.text, names, qualified=0), not one.head))
    first = next(iter([*defining, *opening, *heads]), None)
    if first is None:
        return []
    after = following(first, own)
    return [first, after] if after and first.words + after.words <= words else [first]


def following(said: Said, own: Sequence[Said]) -> Said | None:
    """The sentence right after this one, in the same paragraph of the same passage."""
    start, line, position = said.order
    wanted = (start, line, position + 1)
    return next((one for one in own if one.order == wanted and one.number == said.number), None)


def before(said: Said, own: Sequence[Said]) -> Said | None:
    """The sentence that this one leans on, in the same paragraph of the same passage."""
    start, line, position = said.order
    wanted = (start, line, position - 1)
    return next((one for one in own if one.order == wanted and one.number == said.number), None)


def therefore(own: Sequence[Said]) -> Said | None:
    """The sentence in which a pattern states its solution: "Therefore, …", or else how its solution begins."""
    solution = [one for one in own if one.aspect == Aspect.SOLUTION and not one.label and not one.empty]
    stated = next((one for one in solution if _THEREFORE.match(one.text)), None)
    return stated or next((one for one in solution if one.head and not one.leans and one.words > 9), None)


class Answered:
    """What an answer has said so far, so that nothing is said twice."""

    def __init__(self, *, alike: float = SAME) -> None:
        self._alike = alike
        self._said: list[frozenset[str]] = []

    def has(self, *said: Said) -> bool:
        """Whether one of these sentences says what an earlier one said."""
        return any(same(one.stems, before, alike=self._alike) for one in said for before in self._said)

    def add(self, *said: Said) -> None:
        self._said += [one.stems for one in said]


def same(one: frozenset[str], other: frozenset[str], *, alike: float = SAME) -> bool:
    """Whether two sentences share so many stems that they say the same."""
    return len(one & other) >= alike * min(len(one), len(other)) if one and other else False


def standing(said: Said, own: Sequence[Said], *, words: int = 60) -> list[Said]:
    """A sentence that can be read by itself: alone, or with the one it leans on; nothing where neither can."""
    if said.empty:
        return []
    if not said.leans:
        return [said]
    first = before(said, own)
    if first is None or first.leans or first.words + said.words > words:
        return []
    return [first, said]


def best(found: Sequence[Said], own: Sequence[Said], asked: Asked, *, words: int = 60) -> list[list[Said]]:
    """What can be quoted of `found`, the best first, each with what it leans on."""
    scored = sorted(found, key=lambda one: (-asked.score(one), one.number, one.order))
    return [run for one in scored if (run := standing(one, own, words=words))]
