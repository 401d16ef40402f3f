"""How well and how quickly searches find the judged documents of a collection: by words, by meaning, and by both.

Each document becomes a published pattern of a scratch library and goes the product's own way: passages, word index,
vectors, search. A document stands where its best passage does.
"""

import hashlib
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from inference.evaluation.collections import Collection
from inference.evaluation.ranking import ndcg, percentile, recall
from inference.evaluation.scratch import scratch_index
from inference.indexing import embedding, generations, passages, planning, words
from inference.models import IndexGeneration, Passage
from inference.retrieval import hybrid, vector
from inference.retrieval import words as by_words
from patterns.enums import LibraryOrigin
from patterns.models import Library, Pattern, Revision

BEST = 10  # nDCG is taken over so many documents
DEPTH = 100  # and recall over so many
THINGS = 100  # documents cut into passages at a time
SLICE = 2.0  # seconds of embedding between two signs of progress

Progress = Callable[[str, int, int], None]
"""Called with what is done, how many are done, and how many there are in all."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One way of searching: means over all judged questions, and milliseconds a search took."""

    ndcg: float
    recall: float
    p50_ms: float
    p95_ms: float


def evaluate(collection: Collection, *, progress: Progress = lambda *_: None) -> dict[str, Measured]:
    """Measure `words`, `vectors` and `hybrid` on `collection` in a scratch index, which is gone afterwards.

    Raises `NoScratch` or `BackendError` where there is no database or no embedder to measure with.
    """
    with scratch_index():
        owners = _publish(collection)
        generation = generations.make(live=True)
        _index(generation, progress)
        owner_of = {pk: owners[pattern] for pk, pattern in Passage.objects.values_list("pk", "pattern_id")}
        options = {"limit": hybrid.DEPTH, "generation": generation}
        searches: dict[str, Callable[[str], Iterable[int | None]]] = {
            "words": lambda query: [hit.passage_id for hit in by_words.search(query, **options)],
            "vectors": lambda query: [hit.passage_id for hit in vector.search(query, **options)],
            "hybrid": lambda query: [
                one.passage_id for one in hybrid.search(query, limit=DEPTH, one_each=True).evidence
            ],
        }
        return {
            name: _measure(collection, lambda query, search=search: search(query), owner_of, name, progress)
            for name, search in searches.items()
        }


def _publish(collection: Collection) -> dict[int, str]:
    """Make a pattern of each document; returns the document's id by the pattern's."""
    library = Library.objects.create(slug="collection", title="A judged collection", origin=LibraryOrigin.IMPORTED)
    patterns = Pattern.objects.bulk_create(
        (
            Pattern(library=library, slug=f"d{number}", title=" ".join(document.title.split())[:300])
            for number, document in enumerate(collection.documents)
        ),
        batch_size=1000,
    )
    Revision.objects.bulk_create(
        (
            Revision(
                pattern=pattern,
                number=1,
                title=pattern.title,
                source=document.text or document.title,
                sha256=hashlib.sha256(document.text.encode()).hexdigest(),
                origin=LibraryOrigin.IMPORTED,
            )
            for pattern, document in zip(patterns, collection.documents, strict=True)
        ),
        batch_size=1000,
    )
    first = Revision.objects.filter(pattern=OuterRef("pk")).values("pk")
    Pattern.objects.update(current=Subquery(first[:1]))
    return {pattern.pk: document.id for pattern, document in zip(patterns, collection.documents, strict=True)}


def _index(generation: IndexGeneration, progress: Progress) -> None:
    total, done = planning.count_lacking(generation), 0
    while wanted := planning.lacking(generation, limit=THINGS):
        passages.apply(generation, wanted)
        done += len(wanted)
        progress("cutting", done, total)
    words.follow(generation)
    total, done = embedding.count_waiting(generation), 0
    while embedded := embedding.embed_some(generation, seconds=SLICE):
        done += embedded
        progress("embedding", done, total)


def _measure(
    collection: Collection,
    search: Callable[[str], Iterable[int | None]],
    owner_of: dict[int, str],
    name: str,
    progress: Progress,
) -> Measured:
    gained, found, took = [], [], []
    vector.forget_latest()
    for done, (pk, text) in enumerate(collection.queries.items(), start=1):
        started = time.perf_counter()
        hits = search(text)
        took.append((time.perf_counter() - started) * 1000)
        ranking = list(dict.fromkeys(owner_of[hit] for hit in hits if hit is not None))
        gained.append(ndcg(ranking, collection.judgments[pk], depth=BEST))
        found.append(recall(ranking, collection.judgments[pk], depth=DEPTH))
        progress(name, done, len(collection.queries))
    return Measured(
        statistics.fmean(gained), statistics.fmean(found), statistics.median(took), percentile(took, share=0.95)
    )
