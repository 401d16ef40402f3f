"""The indexer: serves the live generation first, and builds the next one beside it in what time is left."""

import time

from inference.backends import BackendError
from inference.indexing import gate, generations, planning, swapping, words
from inference.indexing.reports import IndexReport
from inference.indexing.runs import SLICE, Progress, Run
from inference.indexing.vector_indexing import VectorIndexing
from inference.models import IndexGeneration
from patterns.following import changes

CURSOR = "index"
WORDS_FIRST = 4.0  # seconds of writing passages and words before the newest get their vectors
State = IndexGeneration.State


class Indexer:
    """One run over the live generation and, with embedding, over one built beside it; the caller holds the lock.

    `anew`: one is built even by the recipe of the live one. `force`: it is taken whatever the comparison says.
    """

    def __init__(self, progress: Progress | None, *, anew: bool = False, force: bool = False) -> None:
        self.progress, self.anew, self.force = progress, anew, force
        self.started = time.monotonic()
        self.live = Run(generations.live_or_first(), progress)
        self.next: Run | None = None
        self.runs = [self.live]
        self.served = time.monotonic()
        self.nearing = VectorIndexing()

    def until_done(self, *, embed: bool = True) -> IndexReport:
        if embed and (begun := generations.beside(anew=self.anew)) is not None:
            self.next = Run(begun, self.progress, quietly=True)
            self.runs.append(self.next)
        while self._turn(embed=embed):
            pass
        for run in self.runs:
            run.finish()
            self.nearing.begin(run.generation)
            self.nearing.wait(meanwhile=self.serve)
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
        if written:
            self.nearing.begin_now_and_then(self.live.generation)
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
        """Let searches read the generation of `run`, which is then the one that is served. Raises BackendError."""
        self.complete(run)
        if run.problem:
            raise BackendError(run.problem)
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
