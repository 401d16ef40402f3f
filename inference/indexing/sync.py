"""Brings the index up to the library: passages and words at once, vectors as they are embedded, newest first.

Between any two slices of a few seconds it looks at the library again, so that a publication is searchable within
seconds while an import of thousands is still being embedded. A change of model or of chunking is built beside the live
generation in turns with it. Killed at any point, the next run goes on from there.
"""

import logging
import time
from dataclasses import dataclass

from django.utils import timezone

from inference.indexing import embedding, gate, generations, planning, swapping, words
from inference.indexing.locking import only_indexer
from inference.indexing.runs import SLICE, Progress, Run
from inference.models import IndexGeneration
from patterns import changes

log = logging.getLogger(__name__)

CURSOR = "index"
WORDS_FIRST = 4.0  # seconds of writing passages and words before the newest get their vectors
State = IndexGeneration.State


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run did. `busy`: another process was indexing, and will find what there was to do.

    `failed` passages could not be embedded. `swapped` and `refused` say how a generation built beside the live one
    ended; `problem` why something could not be done.
    """

    busy: bool = False
    things: int = 0
    passages: int = 0
    embedded: int = 0
    failed: int = 0
    seconds: float = 0.0
    removed: int = 0
    swapped: str = ""
    refused: str = ""
    problem: str = ""

    def __str__(self) -> str:
        parts = []
        if self.things or self.embedded:
            parts.append(
                f"{self.things} entries in {self.passages} new passages, {self.embedded} embedded, {self.seconds:.1f} s"
            )
        if self.removed:
            parts.append(f"{self.removed} generations removed")
        if self.failed:
            parts.append(f"{self.failed} passages could not be embedded")
        return ". ".join([*parts, *(said for said in (self.swapped, self.refused, self.problem) if said)])


def follow(*, progress: Progress | None = None, embed: bool = True, again: bool = False) -> IndexReport:
    """Index what changed in the library and embed what lacks a vector, until nothing is left.

    Where this version or the configured embedder makes another index than the live one, that one is built beside it,
    compared with it and swapped in. Without `embed` no model is loaded: what changed can be found by its words at
    once, and by meaning after the next run. `again`: passages whose embedding failed are tried once more.
    """
    while True:
        with only_indexer() as alone:
            if not alone:
                return IndexReport(busy=True)
            indexer = _Indexer(progress)
            if again:
                embedding.try_again(indexer.live.generation)
            report = indexer.until_done(embed=embed)
        # Who published while this one held the lock was sent away by it, perhaps after its last look.
        live = generations.live()
        if report.problem or live is None or not planning.lacking(live, limit=1):
            return report


def rebuild(*, progress: Progress | None = None, force: bool = False) -> IndexReport:
    """Index everything anew beside the live index, and let searches read it once it is whole and no worse.

    A rebuild that was interrupted is taken up. `force`: whatever the comparison says.
    """
    with only_indexer() as alone:
        if not alone:
            return IndexReport(busy=True)
        return _Indexer(progress, anew=True, force=force).until_done()


class _Indexer:
    """Serves the live generation first, and builds the next one beside it in what time is left."""

    def __init__(self, progress: Progress | None, *, anew: bool = False, force: bool = False) -> None:
        self.progress, self.anew, self.force = progress, anew, force
        self.started = time.monotonic()
        self.live = Run(generations.live_or_first(), progress)
        self.next: Run | None = None
        self.runs = [self.live]
        self.served = time.monotonic()

    def until_done(self, *, embed: bool = True) -> IndexReport:
        if embed and (begun := generations.beside(anew=self.anew)) is not None:
            self.next = Run(begun, self.progress, quietly=True)
            self.runs.append(self.next)
        while self._turn(embed=embed):
            pass
        for run in self.runs:
            run.finish()
        swapped, refused = self._end() if self.next and not self.next.problem else ("", "")
        return self.report(swapped=swapped, refused=refused)

    def report(self, *, swapped: str = "", refused: str = "") -> IndexReport:
        return IndexReport(
            things=sum(run.things for run in self.runs),
            passages=sum(run.passages for run in self.runs),
            embedded=sum(run.embedded for run in self.runs),
            failed=sum(run.failed for run in self.runs),
            seconds=round(time.monotonic() - self.started, 2),
            swapped=swapped,
            refused=refused,
            problem=" ".join(dict.fromkeys(run.problem for run in self.runs if run.problem)),
        )

    def _turn(self, *, embed: bool) -> bool:
        """A few seconds of work; whether anything is left to do."""
        last = changes.since(CURSOR, limit=10_000)[-1:]
        written = self.live.write(seconds=WORDS_FIRST)
        for change in last if written else ():
            changes.advance(CURSOR, to=change)
        # While an import is still being written only the newest passages get vectors: a publication does not wait.
        busy = bool(embed and self.live.embed(seconds=SLICE if written else 0)) or not written
        if written and self.next is not None and not self.next.problem:
            whole = self.next.write(seconds=SLICE)
            busy = bool(whole and self.next.embed()) or not whole or busy
        self.served = time.monotonic()
        return busy or planning.count_lacking(self.live.generation) > 0

    def serve(self) -> None:
        """Called by longer work every now and then: what was published meanwhile is searchable at once."""
        if time.monotonic() - self.served < SLICE:
            return
        self.live.write()
        self.live.embed(seconds=0)
        self.served = time.monotonic()

    def _end(self) -> tuple[str, str]:
        """Have the generation that is whole judged: what was done, or why not."""
        generation = self.next.generation
        verdict = gate.judge(generation, live=self.live.generation, meanwhile=self.serve)
        swapping.note(generation, verdict.figures)
        if not verdict.passed and not self.force:
            swapping.refuse(generation, verdict.says)
            return "", verdict.says
        says = verdict.says if verdict.passed else f"Taken all the same. {verdict.says}"
        self.take(self.next, says=says)
        swapping.tidy()
        self.catch_up()
        return says, ""

    def complete(self, run: Run) -> None:
        """Bring a generation that is not live up to the library, while the live one is served."""
        while not run.write(seconds=SLICE) or run.embed():
            self.serve()

    def take(self, run: Run, *, says: str, leaving: str = State.PREVIOUS, because: str = "") -> None:
        """Let searches read the generation of `run`, which is then the one that is served."""
        self.complete(run)
        self.live.finish()
        swapping.go_live(run.generation, says=says, leaving=leaving, because=because)
        words.follow(run.generation)
        self.live, self.next = Run(run.generation, self.progress), None
        self.runs.append(self.live)

    def catch_up(self) -> None:
        """What was published while others were busy with the swap."""
        while self.live.write() and self.live.embed():
            pass
        self.live.finish()


def roll_back(*, progress: Progress | None = None) -> IndexReport:
    """Let searches read the generation again that was live before, once it holds what was published since."""
    because = f"Taken back on {timezone.now():%Y-%m-%d %H:%M} UTC."
    return _take(swapping.previous(), progress, says="Gone back to this index.", leaving=State.REFUSED, because=because)


def take_refused(*, progress: Progress | None = None) -> IndexReport:
    """Let searches read the generation that was refused or taken back, whatever was said against it."""
    return _take(swapping.refused(), progress, says="Taken all the same.")


def prune() -> IndexReport:
    """Remove every generation but the live one and one being built. There is no going back then."""
    with only_indexer() as alone:
        if not alone:
            return IndexReport(busy=True)
        return IndexReport(removed=swapping.tidy(keep_previous=False))


def _take(generation: IndexGeneration | None, progress: Progress | None, *, says: str, **leaving: str) -> IndexReport:
    with only_indexer() as alone:
        if not alone:
            return IndexReport(busy=True)
        if generation is None:
            return IndexReport(problem="There is no other index to take.")
        indexer, run = _Indexer(progress), Run(generation, progress, quietly=True)
        indexer.runs.append(run)
        indexer.complete(run)
        if run.problem:
            return IndexReport(problem=f"The index by {generation.recipe} cannot be taken. {run.problem}")
        indexer.take(run, says=says, **leaving)
        indexer.catch_up()
        return indexer.report(swapped=f"Searches read the index by {generation.recipe} now.")
