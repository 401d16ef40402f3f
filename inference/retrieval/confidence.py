"""Decides whether the evidence answers the question at all: an answer, the nearest passages, or not in the library.

Similarity alone separates badly (AUROC 0.62 measured on real questions), and so do shared words in a large library,
where any two words meet somewhere. So word coverage, a named entry, similarity and the margin are weighed together; a
word that is rare in the library counts for more than one that stands everywhere, and one it does not have at all for
most. The floors are never lowered to force an answer. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inference.cues.suiting import SUITS_THEM
from inference.models import Answer
from inference.types import Evidence, Route, RouteKind
from inference.words.vocabulary import asked_words, content_words, stem

ANSWER_FLOOR = 0.56
NEAREST_FLOOR = 0.42
FAR = 0.45  # how much shared words alone may lift a question above its nearness
NAMED = 80  # the score from which an entity counts as named
LOOKED_AT = 6  # passages
ENOUGH = 0.46  # cosine an answer needs where no entry is named: of 32 real questions, the 16 outside stayed below
TOP = 8  # passages among which one entry stands out, or none
SCATTERED = 0.4  # share of them that one entry may have without standing out
STANDS_OUT = 0.12  # cosine that a question gains where all of them are of one entry
UNSEEN = 0.3  # what a word costs that is asked about a named entry and stands in no passage, times how much it tells
FAR_FROM_NAMED = 0.15  # what it costs that no passage of what is named is near in meaning
UNRELATED, CLOSE = 0.25, 0.6  # cosines of all-MiniLM-L6-v2 between which a question's nearness is read as 0 to 1

# What only says which way a question goes, and need not stand in a passage.
_TURNS = frozenset(
    stem(word)
    for word in (
        *("similar", "alternative", "instead", "comparable", "common", "connected", "linked", "related", "relation"),
        *("path", "share", "require", "prerequisite", "enable", "tension", "conflict", "complement", "lighthouse"),
        *("organisation", "organization", "company", "city", "place", "before", "first", "resemble"),
    )
)
# What no library of patterns holds: facts of the day and of the world, and texts to be made.
_ERRAND = re.compile(
    r"^\W*(?:(?:please|can you|could you|would you|will you)\s+)*(?:translate\b|write (?:me |us )?(?:an?|the|some)\b"
    r"|(?:tell|sing) me an?\b|what time is it\b|how (?:tall|far|old|heavy|hot|cold|deep|fast|rich) (?:is|are|was)\b"
    r"|how many \w+ (?:does|do|did|are|has|have)\b|who (?:won|wins|is|was|painted|wrote|invented|discovered|directed"
    r"|played|sang) (?!responsible|involved|allowed|in charge|affected)"
    r"|which (?:team|country|player|film|song|actor)\b"
    r"|what(?:'s|’s| is| was| are) the (?:\w+ )?(?:weather|time|date|capital|population|price|score|boiling point"
    r"|speed of|plot|recipe|address|phone number|exchange rate|square root|meaning of life)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Confidence:
    """The verdict with its parts, each 0 to 1, and the reason in words. `nearness` is None where nothing embeds."""

    outcome: str
    score: float
    coverage: float
    together: float
    named: bool
    nearness: float | None

    @property
    def reason(self) -> str:
        return (
            f"{self.coverage:.0%} of the question's words stand in one passage, {self.together:.0%} in the best "
            f"{LOOKED_AT}; {'it names an entry of the library' if self.named else 'it names no entry of the library'}."
        )


def judge(
    question: str,
    route: Route,
    evidence: Sequence[Evidence],
    *,
    facts: int = 0,
    similarity: float | None = None,
    rarity: Mapping[str, float] | None = None,
) -> Confidence:
    """Weigh the evidence, best first. `similarity` is the best cosine between the question and a passage of it.

    `rarity` weighs the question's words by stem (see `inference.retrieval.rarity`); without it all count alike.
    """
    said = frozenset(content_words(" ".join(cue.said for cue in route.cues)))
    rest = asked_words(question) - said
    asked = rest or asked_words(question)
    weights = {word: (rarity or {}).get(word, 1.0) for word in asked}
    names = " ".join(f"{one.matched} {one.title}" for one in route.entities if one.score >= NAMED)
    entity_words = frozenset(content_words(names))
    found = [frozenset(content_words(f"{one.title} {one.section} {one.text}")) for one in evidence[:LOOKED_AT]]
    everything = frozenset().union(*found)
    coverage = max((_share(asked, words, weights) for words in found), default=0.0)
    together = _share(asked, everything, weights) if found else 0.0
    named = bool(names)
    if similarity is not None and not named:
        similarity += STANDS_OUT * max(0.0, _standing_out(evidence) - SCATTERED)
    nearness = None if similarity is None else max(0.0, min(1.0, (similarity - UNRELATED) / (CLOSE - UNRELATED)))
    if facts or (route.kind == RouteKind.CONTEXT and not rest and _suits(evidence)):
        score = 1.0
    elif named:
        score = _about_what_is_named(route, asked - entity_words, evidence, nearness, weights)
    else:
        score = _about_the_rest(question, evidence, 0.7 * coverage + 0.3 * together, nearness, similarity)
    outcome = Answer.Outcome.NONE
    if evidence and score >= NEAREST_FLOOR:
        outcome = Answer.Outcome.ANSWER if score >= ANSWER_FLOOR else Answer.Outcome.NEAREST
    return Confidence(outcome, round(score, 3), coverage, together, named, nearness)


def _about_what_is_named(
    route: Route,
    rest: frozenset[str],
    evidence: Sequence[Evidence],
    nearness: float | None,
    weights: Mapping[str, float],
) -> float:
    """What the question names is in the library; what it asks about it has to be there as well."""
    if route.kind in {RouteKind.GRAPH, RouteKind.COMPARE}:
        rest -= _TURNS
    if not rest or (route.kind == RouteKind.COMPARE and len(route.entities) > 1):
        return 1.0
    slugs = {one.slug for one in route.entities} if route.kind == RouteKind.DIRECT else set()
    own = [one for one in evidence if one.slug in slugs] or evidence
    there = frozenset(word for one in own for word in content_words(f"{one.title} {one.section} {one.text}"))
    unseen = sum(weights[word] for word in rest - there)
    score = 1.0 - UNSEEN * unseen - FAR_FROM_NAMED * (1 - (nearness if nearness is not None else 0.5))
    return max(NEAREST_FLOOR, score)


def _suits(evidence: Sequence[Evidence]) -> bool:
    """Whether the library says of the first passages' entries that they suit the asker, which is all that was asked."""
    return any(reason.startswith(SUITS_THEM) for one in evidence[:3] for reason in one.why)


def _standing_out(evidence: Sequence[Evidence]) -> float:
    """Share of the best passages that the most frequent entry among them has: what is asked gathers in one place."""
    slugs = [(one.kind, one.slug) for one in evidence[:TOP]]
    return max((slugs.count(slug) for slug in set(slugs)), default=0) / TOP


def _about_the_rest(
    question: str, evidence: Sequence[Evidence], words: float, nearness: float | None, similarity: float | None
) -> float:
    """Nothing is named: the words have to be there, and the meaning has to be near."""
    if nearness is None or similarity is None:
        margin = evidence[0].score - evidence[min(len(evidence), 10) - 1].score if evidence else 0.0
        score = 0.9 * words + 0.1 * max(0.0, min(1.0, margin))
    else:
        score = min(0.5 * words + 0.5 * nearness, nearness + FAR)
        if similarity < ENOUGH:
            score = min(score, ANSWER_FLOOR - 0.01)
    return min(score, ANSWER_FLOOR - 0.01) if _ERRAND.match(question) else score


def _share(wanted: frozenset[str], there: frozenset[str], weights: Mapping[str, float]) -> float:
    total = sum(weights[word] for word in wanted)
    return sum(weights[word] for word in wanted & there) / total if total else 0.0
