"""Gathers the passages an answer may be written from: what was searched for, what is named, what suits the asker."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from pgvector import HalfVector
from pgvector.django import CosineDistance

from inference.backends import BackendError
from inference.cues import suiting
from inference.facts import passage_evidence
from inference.models import Passage
from inference.names.entities import namesakes
from inference.retrieval import search, vector
from inference.retrieval.evidence import readable
from inference.types import Cue, Entity, Evidence, Route, RouteKind
from inference.words.vocabulary import asked_words, content_words
from patterns.models import Pattern

PASSAGES = 14
WIDE = 60  # passages looked through for such as suit the asker
OPENINGS = 2  # passages in which an entry says what it is
OWN = 3  # passages wanted of each entry that is named
MOST_NAMED = 6
NAMESAKES = 4  # other entries of the same name
SUITS = 0.35  # how much a perfect fit lifts a passage over an equal one that nothing is said of
SUITED = 6  # patterns brought in because they suit, where the question asks for nothing else
ALIKE = 5  # entries brought in because they are like the one named
_LIKE = re.compile(r"\b(?:like|similar|alternative|comparable|instead|resembl|akin|other)", re.IGNORECASE)


def gathered(question: str, route: Route, stated: Sequence[Evidence]) -> tuple[list[Evidence], bool]:
    """The evidence in order, each passage once, and whether words alone were searched. `stated` proves the facts."""
    results = search(question, limit=WIDE if route.cues else PASSAGES)
    found = list(results.evidence)
    if route.cues:
        bare = without_asker(question, route.cues)
        if bare != question and not asks_only_what_suits(question, route.cues):
            found = blended(found, search(bare, limit=WIDE).evidence)
        found = suited(found, route.cues, question, leads=route.kind == RouteKind.CONTEXT)[:PASSAGES]
    if route.kind == RouteKind.GRAPH and len(route.entities) == 1 and _LIKE.search(question):
        found = [*alike(route.entities[0]), *found]
    if route.entities and (route.kind != RouteKind.GRAPH or not stated):
        found = led_by(route.entities[:MOST_NAMED], found, question)
    return once([*stated, *found]), results.words_only


def led_by(entities: Sequence[Entity], found: Sequence[Evidence], question: str) -> list[Evidence]:
    """First what belongs to each thing named, in turns, so that all of them stand in any context; then the rest."""
    own = [_own(entity, found, question) for entity in entities]
    others = [one for entity in entities for one in namesakes(entity)][:NAMESAKES]
    own += [openings(other)[:1] for other in others]
    turns = [one for turn in zip_longest(*own) for one in turn if one is not None]
    return [*turns, *(one for one in found if one not in turns)]


def suited(found: Sequence[Evidence], cues: Sequence[Cue], question: str, *, leads: bool) -> list[Evidence]:
    """Passages of what suits the asker lifted, and where nothing else is asked for, the best suited brought in."""
    ranked = suiting.fits(cues)
    share = {fit.pattern_id: fit.share for fit in ranked}
    slugs = {one.slug for one in found if one.kind == "pattern"}
    ids = {("pattern", slug): pk for slug, pk in Pattern.objects.filter(slug__in=slugs).values_list("slug", "pk")}
    brought = [fit.pattern_id for fit in ranked[:SUITED]] if leads and asks_only_what_suits(question, cues) else []
    why = suiting.reasons(cues, {*ids.values(), *brought} & share.keys())

    def lifted(one: Evidence) -> float:
        return one.score * (1 + SUITS * share.get(ids.get((one.kind, one.slug)), 0.0))

    def told(one: Evidence) -> Evidence:
        reason = why.get(ids.get((one.kind, one.slug)))
        return replace(one, score=round(min(1.0, lifted(one)), 4), why=(*one.why, *([reason] if reason else [])))

    rest = [told(one) for one in sorted(found, key=lifted, reverse=True)]
    first = [
        passage_evidence(
            row, row.pattern, score=share[row.pattern_id], why=(why.get(row.pattern_id, suiting.SUITS_THEM),)
        )
        for row in _openings("pattern", brought, each=1)
    ]
    return [one for pair in zip_longest(first, rest) for one in pair if one is not None]


def blended(first: Sequence[Evidence], second: Sequence[Evidence]) -> list[Evidence]:
    """Two rankings as one: a passage that both found stands before what only one did."""
    scores: dict[object, float] = {}
    for one in (*first, *second):
        scores[one.passage_id] = scores.get(one.passage_id, 0.0) + one.score / 2
    both = once([*first, *second])
    both.sort(key=lambda one: -scores[one.passage_id])
    return [replace(one, score=round(scores[one.passage_id], 4)) for one in both]


def without_asker(question: str, cues: Sequence[Cue]) -> str:
    """The question without the words that tell who asks, so that what is asked for is not drowned by them."""
    rest = question
    for cue in sorted(cues, key=lambda cue: -len(cue.said)):
        spoken = r"[\s-]?".join(re.escape(word) for word in re.split(r"[\s-]+", cue.said) if word)
        rest = re.sub(rf"\b{spoken}(?:s|es)?\b", " ", rest, flags=re.IGNORECASE) if spoken else rest
    return " ".join(rest.split())


def asks_only_what_suits(question: str, cues: Sequence[Cue]) -> bool:
    """Whether a question says nothing but whom something is for: "patterns for a small cooperative"."""
    return not asked_words(question) - frozenset(content_words(" ".join(cue.said for cue in cues)))


def alike(entity: Entity) -> list[Evidence]:
    """The best passage of each entry whose text is most like what `entity` says of itself."""
    opening = next(iter(openings(entity)), None)
    if opening is None:
        return []
    near = search(f"{entity.title}. {opening.text}"[:600], limit=4 * ALIKE, one_each=True).evidence
    others = [one for one in near if one.slug != entity.slug]
    return [replace(one, why=(f"it says much that {entity.title} says", *one.why)) for one in others[:ALIKE]]


def openings(entity: Entity) -> list[Evidence]:
    """Its summary and its first paragraph, where an entry says what it is."""
    return [passage_evidence(row, entity, score=0.8) for row in _openings(entity.kind, [entity.id], each=OPENINGS)]


def once(found: Iterable[Evidence]) -> list[Evidence]:
    """Each passage once, as it was found first; lines and relations, which are no passages, all."""
    kept: dict[object, Evidence] = {}
    for one in found:
        kept.setdefault(one.passage_id or one, one)
    return list(kept.values())


def _own(entity: Entity, found: Sequence[Evidence], question: str) -> list[Evidence]:
    """Passages of what is named: what the search brought, where it says what it is, what is nearest to the question."""
    have = [one for one in found if (one.kind, one.slug) == (entity.kind, entity.slug)]
    if len(have) < OWN:
        have += _nearest(entity, question)
    return once([*have[:1], *openings(entity), *have[1:]])


def _nearest(entity: Entity, question: str) -> list[Evidence]:
    rows = readable().filter(**{f"{entity.kind}_id": entity.id}).exclude(embedding=None)
    try:
        asked = HalfVector(vector.query_vector(question).tolist())
    except BackendError:
        return []
    near = rows.annotate(distance=CosineDistance("embedding", asked)).order_by("distance").defer("embedding", "words")
    return [
        passage_evidence(
            row, entity, score=round(max(0.0, 1 - row.distance), 4), why=(f"it is what {entity.title} says of this",)
        )
        for row in near[:OWN]
    ]


def _openings(kind: str, ids: Sequence[int], *, each: int) -> list[Passage]:
    rows = readable().filter(**{f"{kind}__in": ids}, position__lt=each) if ids else Passage.objects.none()
    rows = rows.select_related("pattern", "lighthouse").defer("embedding", "words")
    place = {pk: number for number, pk in enumerate(ids)}
    return sorted(rows, key=lambda row: (place[getattr(row, f"{kind}_id")], row.position))
