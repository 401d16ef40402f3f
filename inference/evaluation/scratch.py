"""A whole index of its own for an evaluation: empty tables in a schema, word index and graph in a folder, both removed.

The product's code runs on it unchanged, because its tables are found through PostgreSQL's search path
(https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH). A killed evaluation is cleared up by the
next one: each holds an advisory lock, which dies with it.
"""

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ProgrammingError

from inference import backends
from inference.names import entities

PREFIX: Final = "clm_scratch_"
DERIVED: Final = ("words", "graph")  # backends that keep a snapshot in a folder
_LOCK: Final = "hashtextextended(%s, 0)"


class NoScratch(Exception):
    """No scratch index can be made; the message is a sentence for the operator."""


@contextlib.contextmanager
def scratch_index() -> Iterator[None]:
    """Let this process read and write an empty library and index while the block runs; the live ones stay untouched.

    For a command's process alone: whatever its other threads ask of the database is asked of the scratch tables too.
    """
    keeper = connection.copy()  # outside the search path that this process is given
    name = PREFIX + secrets.token_hex(6)
    folder = settings.CLM_HOME / "scratch" / name
    try:
        _clear_up_after_the_dead(keeper)
        try:
            _make(keeper, name)
            folder.mkdir(parents=True)
            with _everything_at(name, folder):
                yield
        finally:
            _remove(keeper, name)
            _unlock(keeper, name)
    finally:
        keeper.close()


def _make(keeper: BaseDatabaseWrapper, name: str) -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}  # noqa: SLF001
    quote = keeper.ops.quote_name
    with keeper.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({_LOCK})", [name])
        try:
            cursor.execute(f"CREATE SCHEMA {quote(name)}")
            for table in sorted(tables):
                cursor.execute(f"CREATE TABLE {quote(name)}.{quote(table)} (LIKE {quote(table)} INCLUDING ALL)")
        except ProgrammingError as problem:
            raise NoScratch(
                f"No scratch tables can be made ({str(problem).splitlines()[0]}). The site's database must be set up "
                "(`manage.py prepare`), and its user must be allowed to create a schema."
            ) from problem
        # Made for the vectors of a live generation; one here may have the same number.
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = %s AND indexdef LIKE '%%USING hnsw%%'", [name]
        )
        for (index,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {quote(name)}.{quote(index)}")


@contextlib.contextmanager
def _everything_at(name: str, folder: object) -> Iterator[None]:
    options = connections.settings["default"].setdefault("OPTIONS", {})
    path, home, cache = options.get("options"), settings.CLM_HOME, caches.settings["default"]
    try:
        options["options"] = f"{path or ''} -c search_path={name},public".strip()
        settings.CLM_HOME = folder
        caches.settings["default"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
        _begin_anew()
        yield
    finally:
        options.pop("options", None)
        if path:
            options["options"] = path
        settings.CLM_HOME = home
        caches.settings["default"] = cache
        _begin_anew()


def _begin_anew() -> None:
    """Let go of what was opened or read by the settings of before."""
    connections.close_all()
    connections["default"].close_pool()
    with contextlib.suppress(AttributeError):
        del caches["default"]
    backends.forget(*DERIVED)
    entities.forget()


def _clear_up_after_the_dead(keeper: BaseDatabaseWrapper) -> None:
    with keeper.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [PREFIX])
        known = [name for (name,) in cursor.fetchall()]
        for name in known:
            cursor.execute(f"SELECT pg_try_advisory_lock({_LOCK})", [name])
            if cursor.fetchone()[0]:
                _remove(keeper, name)
                _unlock(keeper, name)
    for folder in (settings.CLM_HOME / "scratch").glob(f"{PREFIX}*"):
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)


def _remove(keeper: BaseDatabaseWrapper, name: str) -> None:
    with keeper.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {keeper.ops.quote_name(name)} CASCADE")
    shutil.rmtree(settings.CLM_HOME / "scratch" / name, ignore_errors=True)


def _unlock(keeper: BaseDatabaseWrapper, name: str) -> None:
    """The keeper's session may come from a pool and live on, so the lock is given back in words."""
    with keeper.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_unlock({_LOCK})", [name])
