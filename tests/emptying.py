"""Empties the test database after a test that committed: only tables that hold something, and not what migrations put
there. Django truncates all of them, and makes its content types and permissions anew: a second for each such test.
"""

from functools import cache
from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

CATALOGUE = """
    SELECT c.relname, EXISTS (
        SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgtype & 8 > 0)
    FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""


def prepare() -> None:
    """Note what a fresh database holds, and let tests that commit be followed by `empty`."""
    _kept()
    TransactionTestCase._fixture_teardown = lambda _test: empty()


def empty() -> None:
    guarded = _guarded()
    filled = [table for table in _filled(tuple(guarded)) if table not in _kept()]
    if not filled:
        return
    # Records that are never deleted say so by triggers, which a truncation does not ask.
    kept_for_ever = [table for table in filled if guarded[table]]
    with transaction.atomic(), connection.cursor() as cursor:
        if kept_for_ever:
            cursor.execute(f"TRUNCATE {_named(kept_for_ever)} CASCADE")
        for table in filled:
            if not guarded[table]:
                # Keys that lead to other tables are looked at in the end, when all is gone.
                cursor.execute(f"DELETE FROM {_named([table])}")  # noqa: S608 - a name of the catalogue


@cache
def _kept() -> frozenset[str]:
    """Tables that migrations fill: content types, permissions, and which migrations there were."""
    return frozenset(_filled(tuple(_guarded())))


@cache
def _guarded() -> dict[str, bool]:
    """Whether a table has a trigger of ours that looks at deletions (bit 8 of pg_trigger.tgtype), by its name."""
    return dict(_rows(CATALOGUE))


def _filled(tables: tuple[str, ...]) -> list[str]:
    one = "SELECT '{}' WHERE EXISTS (SELECT 1 FROM {})"
    asked = " UNION ALL ".join(one.format(name, _named([name])) for name in tables)
    return [name for (name,) in _rows(asked)]


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def _named(tables: list[str]) -> str:
    return ", ".join(connection.ops.quote_name(table) for table in tables)
