"""Jobs of which one at a time is enough: a second one on this site leaves at once instead of waiting in a thread.

The schedule asks for such a job every few seconds; without this a long one would fill the whole pool with copies.
"""

from collections.abc import Callable
from functools import wraps
from zlib import crc32

from django.db import connection

NAMESPACE = 0x434C4D  # keeps these locks apart from other advisory locks of the database


def one_at_a_time(work: Callable[[], str]) -> Callable[[], str]:
    """Run `work` under a PostgreSQL session lock named after it, or return "" where somebody else runs it."""
    lock = [NAMESPACE, crc32(work.__name__.encode()) & 0x7FFFFFFF]

    @wraps(work)
    def guarded() -> str:
        # A connection of its own: the work may hand the thread's back to the pool, and the lock would go with it.
        holder = connection.copy()
        try:
            with holder.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
                if not cursor.fetchone()[0]:
                    return ""
                try:
                    return work()
                finally:
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock)
        finally:
            holder.close()

    return guarded
