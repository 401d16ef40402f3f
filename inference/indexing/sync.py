"""Brings the index up to the library: passages and words at once, vectors as they are embedded, newest first.

Between any two slices of a few seconds it looks at the library again, so that a publication is searchable within
seconds while an import of thousands is still being embedded. Killed at any point, the next run goes on from there.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from inference.indexing import embedding, generations, nearness, passages, planning, words
from inference.indexing.locking import only_indexer
from inference.models import IndexGeneration
from patterns import changes

log = logging.getLogger(__name__)

CURSOR = "index"
THINGS = 25  # patterns and lighthouses written in one transaction
SLICE = 2.0  # seconds of embedding before the library is looked at again

Progress = Callable[[str, int, int], None]
"""Called with what is done (`passages`, `vectors`), how many are done and how many there are in all."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run did. `busy`: another process was indexing, and will find what there was to do."""

    busy: bool = False
    things: int = 0
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        if not (self.things or self.embedded):
            return ""
        return f"{self.things} entries in {self.passages} new passages, {self.embedded} embedded, {self.seconds:.1f} s"


def follow(*, progress: Progress | None = None, embed: bool = True) -> IndexReport:
    """Index what changed in the library and embed what lacks a vector, until nothing is left.

    Without `embed` no model is loaded: what changed can be found by its words at once, and by meaning after the next
    run.
    """
    while True:
        with only_indexer() as alone:
            if not alone:
                return IndexReport(busy=True)
            generation = generations.live_or_first()
            report = _Run(generation, progress).until_done(embed=embed)
        # Who published while this one held the lock was sent away by it, perhaps after its last look.
        if not planning.lacking(generation, limit=1):
            return report


def rebuild(*, progress: Progress | None = None) -> IndexReport:
    """Index everything anew beside the live index, and let searches read it once it is whole."""
    with only_indexer() as alone:
        if not alone:
            return IndexReport(busy=True)
        generation = generations.make()
        run = _Run(generation, progress, quietly=True)
        report = run.until_done()
        with transaction.atomic():
            generations.go_live(generation)
            _drop_others(generation)
        words.follow(generation)
        return report


class _Run:
    """One run of the indexer over one generation."""

    def __init__(self, generation: IndexGeneration, progress: Progress | None, *, quietly: bool = False) -> None:
        self.generation = generation
        self.progress = progress or (lambda *_: None)
        self.quietly = quietly  # a generation that is not live is in no word index
        self.things = self.passages = self.embedded = 0
        self.started = time.monotonic()
        self.next_words = 0.0

    def until_done(self, *, embed: bool = True) -> IndexReport:
        while True:
            last = changes.since(CURSOR, limit=10_000)[-1:]
            self._write()
            for change in last:
                changes.advance(CURSOR, to=change)
            if not (embed and self._embed()) and not planning.count_lacking(self.generation):
                break
        if not self.quietly:
            words.follow(self.generation)
        nearness.ensure(self.generation)
        seconds = time.monotonic() - self.started
        return IndexReport(False, self.things, self.passages, self.embedded, round(seconds, 2))

    def _write(self) -> None:
        """Passages of everything that is lacking; the words follow at once for few, every few seconds for many."""
        written = 0
        while wanted := planning.lacking(self.generation, limit=THINGS):
            self.passages += passages.apply(self.generation, wanted)
            written += len(wanted)
            self.things += len(wanted)
            left = 0 if len(wanted) < THINGS else planning.count_lacking(self.generation)
            self.progress("entries", self.things, self.things + left)
            if written <= THINGS or time.monotonic() > self.next_words:
                self._follow_words()
        if written:
            self._follow_words()

    def _follow_words(self) -> None:
        """A commit of the word index costs much the same for few things and for many, so many share one."""
        if self.quietly:
            return
        started = time.monotonic()
        words.follow(self.generation)
        ended = time.monotonic()
        self.next_words = ended + max(SLICE, 3 * (ended - started))

    def _embed(self) -> int:
        done = embedding.embed_some(self.generation, seconds=SLICE)
        self.embedded += done
        if done:
            left = embedding.count_waiting(self.generation)
            self.progress("vectors", self.embedded, self.embedded + left)
        return done


def _drop_others(generation: IndexGeneration) -> None:
    """Remove older generations; passages that answers cite stay with theirs, no longer searched."""
    for old in IndexGeneration.objects.exclude(pk=generation.pk):
        old.indexed.all().delete()
        passages.retire_all(old)
        if not old.passages.exists():
            old.delete()
