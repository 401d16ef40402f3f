"""The patterns nearest to a text that is being written: by meaning where there is a vector, by names, and by words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from inference.indexing import generations
from inference.models import Passage
from inference.models.index import PUBLIC
from inference.retrieval.nearest import near
from inference.titles.index import How
from inference.titles.ranking import rank
from inference.titles.suggesting import title_index
from inference.words.vocabulary import STOP_WORDS, content_words, stem, words
from patterns.queries.library import published

PASSAGES: Final = 40  # nearest passages looked at
NAMES: Final = 5
SAME_NAME: Final = 0.88  # likeness of two names from which one may be the other misspelt or turned around
BY_WORDS: Final = 60  # passages that share the rarest words
RAREST: Final = 5
SHARED: Final = 3  # of them that a passage must hold


@dataclass(frozen=True, slots=True)
class NearPattern:
    """A pattern near a text. `cosine` of its nearest passage, in `section`; `name` is what it is called alike, if so.

    `likeness` of that name, 0 to 1; `shared` are telling words that both use, where nothing compared meanings.
    """

    id: int
    slug: str
    title: str
    cosine: float = 0.0
    section: str = ""
    name: str = ""
    likeness: float = 0.0
    shared: tuple[str, ...] = ()
    passages: int = 0


def near_patterns(
    *, title: str, text: str, vector: np.ndarray | None, limit: int, leaving_out: Iterable[int] = ()
) -> list[NearPattern]:
    """At most `limit` published patterns, the nearest first. Three short queries."""
    found: dict[int, NearPattern] = {}
    if vector is not None:
        found |= _by_meaning(vector)
    for one in by_name(title):
        met = found.get(one.id)
        found[one.id] = replace(met, name=one.name, likeness=one.likeness) if met else one
    if vector is None:
        for one in _by_words(title, text):
            met = found.get(one.id)
            found[one.id] = replace(met, shared=one.shared) if met else one
    without = set(leaving_out)
    ordered = sorted(found.values(), key=lambda one: (-nearness(one), one.id))
    chosen = [one for one in ordered if one.id not in without][:limit]
    titles = {row[0]: row[1:] for row in published().filter(pk__in=[one.id for one in chosen]).values_list(*_NAMED)}
    return [replace(one, slug=titles[one.id][0], title=titles[one.id][1]) for one in chosen if one.id in titles]


def nearness(one: NearPattern) -> float:
    """What patterns are ordered by: meaning, and how alike they are called."""
    return max(one.cosine, one.likeness if one.likeness >= SAME_NAME else 0.0) + 0.02 * len(one.shared)


def by_name(title: str) -> list[NearPattern]:
    """Patterns called as `title` is, by their titles, aliases or wordings, slips and the order of words forgiven."""
    if not title.strip():
        return []
    found = []
    for match in rank(title, title_index(), limit=NAMES, kind="pattern"):
        likeness = fuzz.token_sort_ratio(title, match.name.text, processor=default_process) / 100
        if likeness >= SAME_NAME and match.name.how != How.WORDING:
            entry = match.name.entry
            found.append(NearPattern(entry.id, entry.slug, entry.title, name=match.name.text, likeness=likeness))
    return found


def _by_meaning(vector: np.ndarray) -> dict[int, NearPattern]:
    generation = generations.live()
    if generation is None or generation.dimensions != len(vector):
        return {}
    nearest = near(vector, limit=PASSAGES, generation=generation).nearest
    sections = dict(Passage.objects.filter(pk__in=[one.passage_id for one in nearest]).values_list("pk", "section"))
    found: dict[int, NearPattern] = {}
    for one in nearest:
        if not one.owner.startswith("p") or one.cosine is None:
            continue
        pattern = int(one.owner[1:])
        if (known := found.get(pattern)) is not None:
            found[pattern] = replace(known, passages=known.passages + 1)
        else:
            found[pattern] = NearPattern(pattern, "", "", one.cosine, sections.get(one.passage_id, ""), passages=1)
    return found


def _by_words(title: str, text: str) -> list[NearPattern]:
    """Patterns whose passages hold several of the rarest words of the opening: what can be had without a model."""
    index = title_index()
    said = [word for word in words(f"{title} {text}") if word not in STOP_WORDS and len(word) > 3 and word.isalpha()]
    stems = {stem(word): word for word in reversed(said)}
    rarest = sorted(stems.values(), key=lambda word: (-said.count(word) * index.rarity(word), word))[:RAREST]
    if len(rarest) < SHARED:
        return []
    pairs = [f"({one} & {other})" for place, one in enumerate(rarest) for other in rarest[place + 1 :]]
    query = SearchQuery(" | ".join(pairs), search_type="raw", config="english")
    rows = (
        Passage.objects.filter(generation__live=True, current=True, corpus=PUBLIC, words=query, pattern__isnull=False)
        .annotate(rank=SearchRank(F("words"), query))
        .order_by("-rank", "pk")
        .values_list("pattern_id", "section", "text")[:BY_WORDS]
    )
    found: dict[int, NearPattern] = {}
    for pattern_id, section, passage in rows:
        theirs = set(content_words(passage))
        shared = tuple(word for word in rarest if stem(word) in theirs)
        if len(shared) >= SHARED:
            found.setdefault(pattern_id, NearPattern(pattern_id, "", "", section=section, shared=shared))
    return list(found.values())[:NAMES]


_NAMED: Final = ("pk", "slug", "title")
