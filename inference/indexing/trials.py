"""Puts questions to one generation, live or not, as a search would: by words, by meaning, fused."""

import logging
import shutil
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import numpy as np
from django.conf import settings
from django.utils.module_loading import import_string

from inference.backends import BackendError, load
from inference.indexing import generations, words
from inference.indexing.known_items import KnownItem, place
from inference.indexing.nearest import nearest
from inference.models import IndexGeneration, Passage
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
            shutil.rmtree(self._folder, ignore_errors=True)  # what a killed trial left
            self._words = import_string(settings.WORDS)(self._folder)
            words.fill(self._words, self.generation, meanwhile=self.meanwhile)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def places(self, items: Sequence[KnownItem]) -> list[tuple[int, int]]:
        """For each question, where its pattern stands in a search and by meaning alone: from 1, 0 where not in ten."""
        found = []
        for item, near in zip(items, self._near(items), strict=True):
            found.append(self._places(item, near))
            self.meanwhile()
        return found

    def _places(self, item: KnownItem, near: Sequence[Hit]) -> tuple[int, int]:
        # Retrieval reads the index, so it imports this room and not the other way round.
        from inference.retrieval import fusion

        by_words = dict(self._words.search(item.query, limit=CANDIDATES))
        cosines = {hit.passage_id: hit.score for hit in near}
        together = by_words.keys() | cosines.keys()
        candidates = [fusion.Candidate(pk, "", cosines.get(pk), by_words.get(pk, 0.0)) for pk in sorted(together)]
        fused = [one.passage_id for one in fusion.fuse(candidates)]
        owner = dict(Passage.objects.filter(pk__in=fused).values_list("pk", "pattern_id"))
        return (
            place([owner.get(pk) for pk in fused], item.patterns),
            place([owner.get(hit.passage_id) for hit in near], item.patterns),
        )

    def _near(self, items: Sequence[KnownItem]) -> list[list[Hit]]:
        """Exactly, whatever index of vectors there is: two generations are compared, not two ways of searching."""
        vectors = []
        try:
            embedder = generations.embedder_of(self.generation)
            for item in items:
                vectors.append(embedder.embed_query(item.query))
                self.meanwhile()
        except BackendError as problem:
            log.warning("the index by %s is tried by words alone: %s", self.generation.recipe, problem)
            self.words_only = True
        if self.words_only or not vectors:
            return [[] for _ in items]
        return nearest(self.generation, np.array(vectors), limit=CANDIDATES, meanwhile=self.meanwhile)
