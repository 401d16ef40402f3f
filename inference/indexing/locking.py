"""One indexer at a time on the whole site: versions of the index commit in order, and no passage is embedded twice."""

import contextlib
from collections.abc import Iterator

from django.db import connection

_KEY = 0x434C4D_01


@contextlib.contextmanager
def only_indexer() -> Iterator[bool]:
    """Yield True when no other process indexes, and keep it so until the end; the lock dies with this process."""
    # A connection of its own, since the work may hand the thread's back to the pool. It comes from the same pool,
    # whose sessions live on, so the lock is given back in words and not by closing.
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_KEY])
            held = bool(cursor.fetchone()[0])
            try:
                yield held
            finally:
                if held:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEY])
    finally:
        holder.close()
