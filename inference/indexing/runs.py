"""One run of the indexer over one generation: its passages, its words where it is live, and its vectors."""

import time
from collections.abc import Callable

from inference.backends import BackendError
from inference.indexing import embedding, passages, planning, words
from inference.indexing.pace import Pace
from inference.models import IndexGeneration

THINGS = 25  # patterns and lighthouses written in one transaction
SLICE = 2.0  # seconds of embedding before the library is looked at again
SAY = 2.0  # seconds between two notes of the pace
WORDS_WAIT = 4.0  # seconds that written words wait for the next commit at most: what was published waits with them

Progress = Callable[..., None]
"""Called as `progress(what, done, total, seconds_left=None)`: what is done (`entries`, `vectors`), how many are, how
many there are in all, and how long the rest will take where that can be said."""


class Run:
    """`quietly`: the generation is not live, so it is in no word index. `problem` says why nothing was embedded."""

    def __init__(self, generation: IndexGeneration, progress: Progress | None, *, quietly: bool = False) -> None:
        self.generation = generation
        self.progress = progress or (lambda *_, **__: None)
        self.quietly = quietly
        self.things = self.passages = self.embedded = 0
        self.problem = ""
        self._embedding = embedding.Embedding(generation)
        self._pace = Pace()
        self._left: int | None = None  # passages that wait, counted again whenever passages were written
        self._next_words = self._next_say = 0.0

    @property
    def failed(self) -> int:
        return self._embedding.failed

    def write(self, *, seconds: float | None = None) -> bool:
        """Passages of everything that is lacking, for at most `seconds`; whether nothing is lacking any more.

        The words follow at once for few things, and every few seconds for many.
        """
        end = time.monotonic() + seconds if seconds is not None else None
        wanted = planning.lacking(self.generation, limit=THINGS)
        while wanted:
            self._left = None
            self.passages += passages.apply(self.generation, wanted)
            self.things += len(wanted)
            few = len(wanted) < THINGS
            left = 0 if few else planning.count_lacking(self.generation)
            self.progress("entries", self.things, self.things + left)
            if few or time.monotonic() > self._next_words:
                self._follow_words()
            if end is not None and time.monotonic() >= end:
                return few
            wanted = planning.lacking(self.generation, limit=THINGS)
        if self.things and not self.quietly and words.is_behind(self.generation):
            self._follow_words()
        return True

    def embed(self, *, seconds: float = SLICE) -> int:
        """Embed for about `seconds`; how many passages were dealt with, 0 when none is left or none can be."""
        if self.problem:
            return 0
        try:
            done = self._embedding.some(seconds=seconds)
        except BackendError as problem:
            self.problem = str(problem)
            self._note({"problem": self.problem})
            return 0
        self.embedded += done
        if done:
            self._pace.note(done)
            self._say(done)
        elif self.generation.pace:
            self._note({})
        return done

    def finish(self) -> None:
        """Write what is in hand, and let the words follow."""
        self.embedded += self._embedding.finish() if not self.problem else 0
        if not self.quietly:
            words.follow(self.generation)

    def _follow_words(self) -> None:
        """A commit of the word index costs much the same for few things and for many, so many share one."""
        if self.quietly:
            return
        started = time.monotonic()
        words.follow(self.generation)
        ended = time.monotonic()
        self._next_words = ended + min(max(SLICE, 3 * (ended - started)), WORDS_WAIT)

    def _say(self, done: int) -> None:
        """Tell how it goes; the row keeps it for the doctor."""
        self._left = embedding.count_waiting(self.generation) if self._left is None else max(0, self._left - done)
        seconds = self._pace.seconds_left(self._left)
        self.progress("vectors", self.embedded, self.embedded + self._left, seconds)
        if time.monotonic() < self._next_say:
            return
        self._next_say = time.monotonic() + SAY
        self._left = embedding.count_waiting(self.generation)
        rate = round(self._pace.rate(), 1)
        self._note({"per_second": rate, "left": self._left, "seconds_left": seconds, "at": time.time()})

    def _note(self, pace: dict) -> None:
        self.generation.pace = pace
        IndexGeneration.objects.filter(pk=self.generation.pk).update(pace=pace)
