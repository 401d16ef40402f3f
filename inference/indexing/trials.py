"""Puts questions to one generation, live or not, as a search would: by words, by meaning, fused."""

import logging
import shutil
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from django.conf import settings
from django.utils.module_loading import import_string
from pgvector import HalfVector
from pgvector.django import CosineDistance

from inference.backends import BackendError, load
from inference.indexing import generations, words
from inference.indexing.known_items import KnownItem, place
from inference.models import IndexGeneration, Passage
from inference.models.index import PUBLIC
from inference.types import Hit

log = logging.getLogger(__name__)

CANDIDATES = 60  # passages of each ranking


class Trial:
    """A generation under trial. Where it is not live, its words stand in a snapshot of their own until the end."""

    def __init__(self, generation: IndexGeneration, *, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.generation, self.meanwhile = generation, meanwhile
        self.words_only = False
        self._folder = settings.CLM_HOME / "words" / f"trial-{generation.pk}"

    def __enter__(self) -> Self:
        if self.generation.live:
            words.follow(self.generation)
            self._words = load("words")
        else:
            self._words = import_string(settings.WORDS)(self._folder)
            words.fill(self._words, self.generation)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def places(self, items: Sequence[KnownItem]) -> list[tuple[int, int]]:
        """For each question, where its pattern stands in a search and by meaning alone: from 1, 0 where not in ten."""
        found = []
        for item in items:
            found.append(self._places(item))
            self.meanwhile()
        return found

    def _places(self, item: KnownItem) -> tuple[int, int]:
        # Retrieval reads the index, so it imports this room and not the other way round.
        from inference.retrieval import fusion

        near = self._near(item.query)
        by_words = [Hit(pk, score, "") for pk, score in self._words.search(item.query, limit=CANDIDATES)]
        fused = [one.passage_id for one in fusion.fuse([(fusion.DENSE, near), (fusion.WORDS, by_words)])]
        owner = dict(Passage.objects.filter(pk__in=fused).values_list("pk", "pattern_id"))
        return (
            place([owner.get(pk) for pk in fused], item.patterns),
            place([owner.get(hit.passage_id) for hit in near], item.patterns),
        )

    def _near(self, query: str) -> list[Hit]:
        """Exactly, whatever index of vectors there is: two generations are compared, not two ways of searching."""
        if self.words_only:
            return []
        try:
            vector = generations.embedder_of(self.generation).embed_query(query)
        except BackendError as problem:
            log.warning("the index by %s is tried by words alone: %s", self.generation.recipe, problem)
            self.words_only = True
            return []
        rows = (
            Passage.objects.filter(generation=self.generation, current=True, corpus=PUBLIC)
            .exclude(embedding=None)
            .annotate(distance=CosineDistance("embedding", HalfVector(vector.tolist())))
            .order_by("distance")
            .values_list("pk", "distance")[:CANDIDATES]
        )
        return [Hit(pk, 1 - distance, "") for pk, distance in rows]
