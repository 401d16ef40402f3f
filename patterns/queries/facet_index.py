"""The facet index of the published library, kept in this process and made anew as soon as the library's log moves.

Why in memory: docs/adr/0010. A page only asks, with one query, whether what it keeps is still true.
"""

import hashlib
import logging
import threading
import time
from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection

from patterns.enums import LibraryOrigin
from patterns.faceting.index import FacetIndex, Facts, Suits, indexed
from patterns.models import Library, Suitability
from patterns.queries.library import published

log = logging.getLogger(__name__)

# One snapshot: the newest change, the oldest transaction still running, the changes since the one we know of, and the
# newest suitability record, because an import replaces those without a line in the log.
_STAMP: Final = """
SELECT coalesce((SELECT max(id) FROM patterns_librarychange), 0),
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
       (SELECT count(*) FROM patterns_librarychange
         WHERE transaction >= coalesce(%s, pg_snapshot_xmin(pg_current_snapshot())::text::bigint)),
       coalesce((SELECT max(id) FROM patterns_suitability), 0)
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was true for.

    All transactions before `oldest` were over when it was taken, so whatever is logged afterwards, however late its
    transaction began or committed, is counted in `since`: the changes logged by `oldest` and later transactions.
    """

    newest: int
    oldest: int
    since: int
    suitability: int

    @property
    def version(self) -> str:
        """A name that two indexes of the same content in one cluster share."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SuitabilitySource:
    """A library that says what patterns suit; `by_machine` when an import brought its records in a file."""

    title: str
    by_machine: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """An index and what it was true for. `libraries` are titles by slug; `sources` say where suitability is from."""

    stamp: Stamp
    index: FacetIndex
    libraries: dict[str, str]
    sources: tuple[SuitabilitySource, ...]


class _Keeper:
    """Holds the newest index of this process; one thread makes it while the others wait for it."""

    def __init__(self) -> None:
        self._kept: Kept | None = None
        self._making = threading.Lock()

    def current(self) -> Kept:
        known = self._kept
        if known and _is_true(known):
            return known
        with self._making:
            kept = self._kept
            if kept is None or kept is known or not _is_true(kept):  # else another thread has just made it
                kept = self._kept = made()
            return kept


_keeper = _Keeper()


def kept_index() -> Kept:
    """Return the index that is true now. One query while the library stands still, five when it has changed."""
    return _keeper.current()


def _is_true(kept: Kept) -> bool:
    return _stamp(oldest=kept.stamp.oldest) == kept.stamp


def _stamp(*, oldest: int | None) -> Stamp:
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [oldest])
        newest, running, since, suitability = cursor.fetchone()
    return Stamp(newest=newest, oldest=running if oldest is None else oldest, since=since, suitability=suitability)


def made() -> Kept:
    """Read the library. The stamp is taken first: what commits while this reads makes the index stale, not wrong."""
    started = time.perf_counter()
    stamp = _stamp(oldest=None)
    libraries = {library.pk: library for library in Library.objects.all()}
    rows = published().values_list(
        "pk", "title", "stars", "changed_at", "domain", "categories", "tier", "lifecycle_status", "universality",
        "library_id",
    )  # fmt: skip
    facts = [Facts(*row[:-1], libraries[row[-1]].slug) for row in rows]
    groups = (
        Suitability.objects.filter(pattern__isnull=False)
        .values_list("axis", "name", "score", "level", "library_id")
        .annotate(pks=ArrayAgg("pattern_id"))
        .order_by()
    )
    records = list(groups)
    index = indexed(facts, (Suits(*record[:4], record[5]) for record in records))
    said_by = sorted({record[4] for record in records})
    log.info("facet index: %s patterns in %.0f ms", len(facts), (time.perf_counter() - started) * 1000)
    return Kept(
        stamp=stamp,
        index=index,
        libraries={library.slug: library.title for library in libraries.values()},
        sources=tuple(
            SuitabilitySource(libraries[pk].title, libraries[pk].origin == LibraryOrigin.IMPORTED) for pk in said_by
        ),
    )
