"""Finds the sentences in the evidence that say most about a question: what the extractive generator quotes. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from inference.sentences import sentences
from inference.types import Evidence, Route, RouteKind
from inference.vocabulary import asked_words, content_words

SHORTEST, LONGEST = 6, 60  # words of a sentence worth quoting
PARTICULAR = 4  # of the kinds of question below, how many ask for one kind of section and little else
LEAST_OF_BEST = 0.5  # share of the best score below which a sentence is left out
SAME = 0.55  # share of common stems from which two sentences say the same

_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•–])\s+")
_LEADS_ON = re.compile(
    r"^(?:this|these|that|those|it|its|they|their|them|he|she|such|both|however|but|and|so|then|also|moreover"
    r"|furthermore|additionally|consequently|instead|yet|still|here|there|another"
    r"|the (?:first|second|third|latter|former|same|other|result|answer)"
    r"|for (?:example|instance)|in (?:addition|contrast|other words)|as a result)\b",
    re.IGNORECASE,
)
_THEREFORE = re.compile(r"^Therefore\b", re.IGNORECASE)  # how a pattern of this library states its solution
_REFERENCES = re.compile(
    r"\b(?:sources?|references?|further reading|resources|bibliography|known issues)\b", re.IGNORECASE
)
# What kind of section answers what kind of question, the more particular first, the plain "what is" last.
_SECTIONS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(fits, re.IGNORECASE))
    for asks, fits in (
        (r"\b(?:when .*\bnot|not to use|avoid|unsuitable)\b", r"when not|anti|limit"),
        (
            r"\b(?:risks?|dangers?|fails?|problems?|drawbacks?|criticism|limits?)\b",
            r"when not|conse|decay|risk|limit|fail|anti",
        ),
        (r"\b(?:signs?|measured?|metrics?|healthy|decay)\b", r"signs?\b|measure|metric|vital"),
        (r"\b(?:who|where|examples?|cases?)\b", r"known use|case|example|evidence|patterns in use"),
        (
            r"\b(?:how (?:do|to|can|should)|steps?|start|begin|introduce|implement|set up)\b",
            r"implement|how|solution|practice|start|steps",
        ),
        (r"\b(?:why|benefits?|advantages?|worth)\b", r"problem|conse|rationale|benefit|context|why"),
        (
            r"\b(?:what (?:is|are|does)|define|definition|meaning)\b",
            r"^$|context|overview|solution|summary|definition|intro",
        ),
    )
)


@dataclass(frozen=True)
class Excerpt:
    """Neighbouring sentences of one passage, quoted as they stand, with the evidence number to cite."""

    text: str
    number: int
    score: float
    evidence: Evidence


@dataclass(frozen=True)
class _Candidate:
    number: int
    line: int
    position: int
    text: str
    stems: frozenset[str]
    leads_on: bool
    opening: bool


def excerpts(
    question: str, evidence: Sequence[Evidence], route: Route, *, limit: int = 4, each: int = 2
) -> tuple[Excerpt, ...]:
    """The best `limit` excerpts of at most `each` sentences, best first, no two saying the same."""
    candidates = [one for number, passage in enumerate(evidence, 1) for one in _candidates(number, passage)]
    weights = _weights(asked_words(question), candidates)
    names = _names(route)
    scored = sorted(
        ((_score(one, evidence[one.number - 1], question, weights, names), one) for one in candidates),
        key=lambda pair: (-pair[0], pair[1].number, pair[1].line, pair[1].position),
    )
    floor = LEAST_OF_BEST * scored[0][0] if scored else 0.0
    chosen: list[Excerpt] = []
    said: list[frozenset[str]] = []
    by_place = {(one.number, one.line, one.position): one for one in candidates}
    used: set[tuple[int, int, int]] = set()
    for score, one in scored:
        if len(chosen) == limit or score <= 0 or score < floor:
            break
        place = (one.number, one.line, one.position)
        if place in used or any(_same(one.stems, before) for before in said):
            continue
        run = _run(one, by_place, used, each)
        used.update((part.number, part.line, part.position) for part in run)
        said.extend(part.stems for part in run)
        chosen.append(Excerpt(" ".join(part.text for part in run), one.number, score, evidence[one.number - 1]))
    return tuple(chosen)


def defines(text: str, names: Iterable[str]) -> bool:
    """Whether a sentence begins by saying what one of `names` is."""
    start = text.lower().replace("-", " ")[:160]
    return any(
        re.match(
            rf"(?:an? |the )?(?:\w+ ){{0,1}}{re.escape(name)}(?: (?:pattern|model|method))?(?: \([^)]*\))?,? "
            r"(?:is|are|means|refers to|describes|was|were|turns|gives|lets)\b",
            start,
        )
        for name in names
    )


def _candidates(number: int, passage: Evidence) -> Iterator[_Candidate]:
    if _REFERENCES.search(passage.section):
        return
    for line, text in enumerate(passage.text.splitlines()):
        if text.count("|") >= 2:
            continue
        for position, raw in enumerate(sentences(_NUMBERED.sub("", text))):
            sentence = raw.strip()
            long = len(sentence.split())
            if not SHORTEST <= long <= LONGEST or sentence[-1] not in '.!?…"”’)':
                continue
            if sentence.endswith("?") or (not sentence[0].isalnum() and sentence[0] not in "\"“‘'"):
                continue
            stems = frozenset(content_words(sentence))
            leads_on = bool(_LEADS_ON.match(sentence)) or (not sentence[0].isupper() and sentence[0].isalpha())
            yield _Candidate(number, line, position, sentence, stems, leads_on, line == 0 and position == 0)


def _weights(asked: frozenset[str], candidates: Sequence[_Candidate]) -> dict[str, float]:
    """How telling each word of the question is among the candidates: inverse sentence frequency."""
    counts = Counter(stem for one in candidates for stem in one.stems & asked)
    return {stem: math.log(1 + len(candidates) / (1 + counts[stem])) for stem in asked}


def _score(one: _Candidate, passage: Evidence, question: str, weights: dict[str, float], names: Sequence[str]) -> float:
    total = sum(weights.values()) or 1.0
    around = frozenset(content_words(f"{passage.title} {passage.section}"))
    told = sum(weight for stem, weight in weights.items() if stem in one.stems)
    implied = sum(weight for stem, weight in weights.items() if stem in around and stem not in one.stems)
    score = (told + 0.6 * implied) / total + 0.8 * passage.score
    wanted = [fits for asks, fits in _SECTIONS if asks.search(question)]
    special = [fits for asks, fits in _SECTIONS[:PARTICULAR] if asks.search(question)]
    if any(fits.search(passage.section) for fits in wanted):
        score += 0.8 if special else 0.2
    if score and defines(one.text, names or [passage.title.lower().replace("-", " ")]):
        score += 0.15 if special else 0.6 if names else 0.4
    if _THEREFORE.match(one.text):
        score += 0.3
    score += 0.1 if one.opening else 0.0
    score -= 0.35 if one.leads_on else 0.0
    score -= 0.1 if len(one.text.split()) > 40 else 0.0
    return score


def _run(
    one: _Candidate, by_place: dict[tuple[int, int, int], _Candidate], used: set[tuple[int, int, int]], each: int
) -> list[_Candidate]:
    """The sentence with what it leans on before it, or with the one that goes on from it."""
    run = [one]
    before = by_place.get((one.number, one.line, one.position - 1))
    if one.leads_on and before and len(run) < each and (before.number, before.line, before.position) not in used:
        run.insert(0, before)
    after = by_place.get((one.number, one.line, one.position + 1))
    if after and len(run) < each and (after.number, after.line, after.position) not in used:
        run.append(after)
    return run


def _names(route: Route) -> list[str]:
    if route.kind not in {RouteKind.DIRECT, RouteKind.COMPARE}:
        return []
    names = {name.lower().replace("-", " ") for entity in route.entities for name in (entity.title, entity.matched)}
    return sorted(names | {name.removesuffix("s") for name in names})


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME * min(len(one), len(other)) if one and other else False
