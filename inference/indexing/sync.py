"""Brings the index up to the library: passages and words at once, vectors as they are embedded, newest first.

Between any two slices of a few seconds it looks at the library again, so that a publication is searchable within
seconds while an import of thousands is still being embedded. A change of model or of chunking is built beside the live
generation in turns with it. Killed at any point, the next run goes on from there.
"""

from django.utils import timezone

from inference.indexing import embedding, generations, planning, swapping
from inference.indexing.indexer import Indexer
from inference.indexing.locking import only_indexer
from inference.indexing.reports import IndexReport
from inference.indexing.runs import Progress, Run
from inference.models import IndexGeneration


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
            indexer = Indexer(progress)
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
        return Indexer(progress, anew=True, force=force).until_done()


def roll_back(*, progress: Progress | None = None) -> IndexReport:
    """Let searches read the generation again that was live before, once it holds what was published since."""
    because = f"Taken back on {timezone.now():%Y-%m-%d %H:%M} UTC."
    return _take(
        swapping.previous(),
        progress,
        says="Gone back to this index.",
        leaving=IndexGeneration.State.REFUSED,
        because=because,
    )


def take_refused(*, progress: Progress | None = None) -> IndexReport:
    """Let searches read the generation that was refused or taken back, whatever was said against it."""
    return _take(swapping.refused(), progress, says="Taken all the same.")


def prune() -> IndexReport:
    """Remove every generation but the live one and one being built. There is no going back then."""
    with only_indexer() as alone:
        if not alone:
            return IndexReport(busy=True)
        return IndexReport(removed=swapping.prune())


def _take(generation: IndexGeneration | None, progress: Progress | None, *, says: str, **leaving: str) -> IndexReport:
    with only_indexer() as alone:
        if not alone:
            return IndexReport(busy=True)
        if generation is None:
            return IndexReport(problem="There is no other index to take.")
        indexer, run = Indexer(progress), Run(generation, progress, quietly=True)
        indexer.runs.append(run)
        indexer.complete(run)
        if run.problem:
            return IndexReport(problem=f"The index by {generation.recipe} cannot be taken. {run.problem}")
        indexer.take(run, says=says, **leaving)
        indexer.catch_up()
        return indexer.report(swapped=f"Searches read the index by {generation.recipe} now.")
