"""The index of vectors (HNSW) that makes the nearest passages of a large library quick to find; small ones need none.

Partial, one a generation, over exactly the rows a search reads. Filling it row by row is slower than building it
(https://github.com/pgvector/pgvector#index-build-time), so one that nobody searches yet gets it when its rows have
their vectors; the live one gets it as soon as it is large, because people search while a library is embedded, and
PostgreSQL adds the rest as it is written. How large is large, and how much is read of the index: docs/adr/0015.
"""

import contextlib
import logging
from collections.abc import Iterator
from typing import Final

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from inference.models import IndexGeneration, Passage
from inference.models.index import PUBLIC

log = logging.getLogger(__name__)

PREFIX: Final = "passage_near_"
LARGE: Final = 20_000  # passages; below, reading every vector takes a few milliseconds and misses nothing
MEMORY: Final = range(64, 1025)  # megabytes PostgreSQL may take to build one
LINKS: Final = 24  # of each vector to others; see docs/adr/0015
CARE: Final = 100  # candidates weighed when a vector is linked
_BYTES_A_ROW: Final = 600  # of the graph beside a vector's own two bytes a dimension


def index_name(generation: IndexGeneration) -> str:
    return f"{PREFIX}{generation.pk}"


def exists(generation: IndexGeneration) -> bool:
    """Whether the index is whole and read by searches. One small query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [index_name(generation)])
        row = cursor.fetchone()
    return bool(row and row[0])


def is_due(generation: IndexGeneration) -> bool:
    """Whether a generation is large, whole unless it is live, and has no index yet. Three queries at most."""
    if exists(generation):
        return False
    rows = _searched(generation)
    if not generation.live and rows.filter(embedding=None, problem="").exists():
        return False
    return rows.filter(embedding__isnull=False).count() >= LARGE


def ensure(generation: IndexGeneration) -> bool:
    """Build the index of a generation for which it is due; returns whether it built one.

    Searching and writing go on meanwhile, unless this is called in a transaction. Raises nothing: without the index
    every vector is read, which is slower and as good.
    """
    if not is_due(generation):
        return False
    _drop_orphans()
    count = _searched(generation).count()
    memory = min(max(count * (2 * generation.dimensions + _BYTES_A_ROW) // 2**20, MEMORY[0]), MEMORY[-1])
    for workers in (2, 0):  # those share memory that a container may not have enough of
        try:
            _build(generation, memory=memory, workers=workers)
        except DatabaseError as problem:
            log.warning("the index of vectors could not be built: %s", str(problem).splitlines()[0])
        else:
            return True
    return False


def ensure_and_close(generation: IndexGeneration) -> bool:
    """`ensure` for a thread of its own, whose connection ends with it."""
    try:
        return ensure(generation)
    finally:
        connection.close()


def _searched(generation: IndexGeneration) -> QuerySet[Passage]:
    return Passage.objects.filter(generation=generation, current=True, corpus=PUBLIC)


def _drop_orphans() -> None:
    """Remove the indexes of generations that are no more."""
    alive = {index_name(generation) for generation in IndexGeneration.objects.only("pk")}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid "
            "WHERE i.indrelid = to_regclass(%s) AND starts_with(c.relname, %s)",
            [Passage._meta.db_table, PREFIX],  # noqa: SLF001
        )
        for (name,) in cursor.fetchall():
            if name not in alive:
                cursor.execute(f"DROP INDEX {_concurrently()} {connection.ops.quote_name(name)}")


def _concurrently() -> str:
    """Beside reading and writing, which PostgreSQL offers outside a transaction only."""
    return "" if connection.in_atomic_block else "CONCURRENTLY"


def _build(generation: IndexGeneration, *, memory: int, workers: int) -> None:
    concurrently = _concurrently()
    whole = transaction.atomic() if connection.in_atomic_block else contextlib.nullcontext()
    with whole, _room_to_build(memory, workers), connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {concurrently} IF EXISTS {index_name(generation)}")  # what a killed build left
        cursor.execute(
            f"CREATE INDEX {concurrently} {index_name(generation)} ON {Passage._meta.db_table} "  # noqa: SLF001
            f"USING hnsw ((embedding::halfvec({int(generation.dimensions)})) halfvec_cosine_ops) "
            f"WITH (m = {LINKS}, ef_construction = {CARE}) "
            f"WHERE generation_id = {int(generation.pk)} AND current AND corpus = '{PUBLIC}'"
        )


@contextlib.contextmanager
def _room_to_build(memory: int, workers: int) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET maintenance_work_mem = '{memory}MB'; SET max_parallel_maintenance_workers = {workers}")
        try:
            yield
        finally:
            with contextlib.suppress(DatabaseError):  # a transaction that failed takes them back itself
                cursor.execute("RESET maintenance_work_mem; RESET max_parallel_maintenance_workers")
