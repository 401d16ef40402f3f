"""Keeps this machine's word index in step with the passages in PostgreSQL, wherever those were written.

The snapshot remembers the generation and version it was last given. Versions are committed in order (one indexer
writes at a time), so it reads on from there; a snapshot that is new, lost or of another generation is filled whole.
"""

import contextlib
import fcntl
import logging
from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from django.conf import settings
from django.db.models import F, OuterRef, Q, Subquery

from inference.backends import Words, WordsPassage, load
from inference.models import IndexedRevision, IndexGeneration, Passage

log = logging.getLogger(__name__)

PART = 250  # things whose passages one commit adds where others wait


class Lag(Enum):
    """A snapshot holds the last version, an earlier or no one, or still that of the generation that was live before."""

    NONE = 0
    BEHIND = 1
    ANOTHER = 2


def follow(generation: IndexGeneration) -> int:
    """Bring the snapshot up to the generation's last version; returns how many things were read again."""
    words: Words = load("words")
    with _one_writer():
        seen = words.mark()
        generation = IndexGeneration.objects.filter(pk=generation.pk).first()
        if generation is None:  # another went live and this one is gone: there is nothing left to follow
            return 0
        last, target = generation.version, _mark(generation)
        if seen == target:
            return 0
        of, _, at = seen.partition(":")
        # A version beyond the last one was read from a database that has since been restored from a backup.
        whole = of != target.partition(":")[0] or int(at) > last
        since = -1 if whole else int(at)
        changed = list(_changed(generation.pk, since, last))
        words.replace(_passages(generation.pk, changed, whole=whole), mark=target, whole=whole)
    log.info("word index: %d %s to version %s", len(changed), "things" if whole else "changed things", last)
    return len(changed)


def fill(words: Words, generation: IndexGeneration, *, meanwhile: Callable[[], None]) -> None:
    """Give an empty word index the passages of `generation`, live or not; `meanwhile` is called between parts."""
    held = list(IndexedRevision.objects.filter(generation=generation).exclude(revision=None))
    for begun in range(0, len(held), PART):
        part = _passages(generation.pk, held[begun : begun + PART], whole=False)
        words.replace(part, mark=_mark(generation))
        meanwhile()


def lag(generation: IndexGeneration) -> Lag:
    """How far this machine's snapshot is behind the generation's last version."""
    mark, last = load("words").mark(), _mark(generation)
    if mark == last:
        return Lag.NONE
    return Lag.ANOTHER if mark and mark.partition(":")[0] != last.partition(":")[0] else Lag.BEHIND


def is_behind(generation: IndexGeneration) -> bool:
    """Whether the snapshot has not read the generation's last version."""
    return lag(generation) is not Lag.NONE


def in_generation(hits: Sequence[tuple[int, float]], generation: IndexGeneration) -> list[tuple[int, float]]:
    """Hits on passages of another generation, as hits on what stands in the same places in this one, best first.

    So a search by words goes on while a snapshot is filled anew. A place is where the middle of a passage is.
    """
    covers = Passage.objects.filter(
        generation=generation, current=True, revision=OuterRef("revision"), start__lte=OuterRef("middle")
    )
    rows = Passage.objects.filter(pk__in=[pk for pk, _ in hits]).annotate(middle=(F("start") + F("end")) / 2)
    rows = rows.annotate(here=Subquery(covers.order_by("-start", "-position").values("pk")[:1]))
    here = dict(rows.values_list("pk", "here"))
    best: dict[int, float] = {}
    for pk, score in hits:
        if place := here.get(pk):
            best.setdefault(place, score)
    return list(best.items())


def _mark(generation: IndexGeneration) -> str:
    """Its time of making tells generations of different databases apart."""
    return f"{generation.pk}-{generation.created_at.timestamp():.6f}:{generation.version}"


def _changed(generation_id: int, since: int, last: int) -> Iterator[IndexedRevision]:
    return IndexedRevision.objects.filter(generation=generation_id, version__gt=since, version__lte=last).iterator()


def _passages(generation_id: int, changed: list[IndexedRevision], *, whole: bool) -> dict[str, list[WordsPassage]]:
    found: dict[str, list[WordsPassage]] = {row.key: [] for row in changed}
    rows = Passage.objects.filter(generation=generation_id, current=True)
    if not whole:
        patterns = [row.pattern_id for row in changed if row.pattern_id]
        lighthouses = [row.lighthouse_id for row in changed if row.lighthouse_id]
        rows = rows.filter(Q(pattern__in=patterns) | Q(lighthouse__in=lighthouses))
    values = rows.values_list("pattern_id", "lighthouse_id", "pk", "revision__title", "section", "text")
    for pattern, lighthouse, *passage in values.iterator(chunk_size=5000):
        key = f"p{pattern}" if pattern else f"l{lighthouse}"
        found.setdefault(key, []).append(WordsPassage(*passage))
    return found


@contextlib.contextmanager
def _one_writer() -> Iterator[None]:
    """One process of this machine at a time writes the snapshot; the lock ends with its holder."""
    folder = settings.CLM_HOME / "words"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
