"""The graph in an embedded engine that speaks Cypher: Kuzu, or Ladybug, which goes on from it with the same classes.

Each build is an immutable snapshot (see `snapshots`), opened read-only, since neither engine lets one process read all
the while another writes (https://docs.kuzudb.com/concurrency/). Two such engines in one process do not go together:
the second one's classes are refused.
"""

import importlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from django.conf import settings

from inference.backends import BackendError
from inference.backends.cypher_loading import DATABASE, connect, load_database
from inference.backends.snapshots import Snapshots
from inference.backends.walks import Walks, Wanted, is_key, key_of, number_of, rank
from inference.graphs import Direction, Edge, Node

SCHEMA = 3

_EDGE = "a.number, b.number, e.kind, e.state, e.relation_id, e.weight"
# Each node by its key: with `number IN $numbers` Kuzu 0.11.3 gives some edges the values of others, or none.
_EACH = "UNWIND $numbers AS number"
_ORDER = "ORDER BY CASE WHEN e.state = 'suggested' THEN 1 ELSE 0 END, e.weight DESC, e.kind, e.relation_id"
# The end that is asked about comes first in each, so that the engine begins there.
_WAYS = {
    Direction.OUT: ("a", "b", "(a:Thing)-[e:Edge]->(b:Thing)"),
    Direction.IN: ("b", "a", "(b:Thing)<-[e:Edge]-(a:Thing)"),
}


@dataclass(frozen=True, slots=True)
class _Open:
    """A snapshot that is being read: its lock keeps it from being removed."""

    name: str
    database: Any
    connection: Any
    lock: IO[bytes]

    def close(self) -> None:
        self.connection.close()
        self.database.close()
        self.lock.close()


class CypherGraph(Walks):
    """See `inference.graphs.Graph`. Safe to share between threads: one query at a time."""

    engine = ""
    wanted = ""  # what to install

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings.CLM_HOME / "graph"
        self.snapshots = Snapshots(self.folder, schema={"schema": SCHEMA, "engine": self.engine})
        self._lock = threading.RLock()
        self._open: _Open | None = None

    def build(self, nodes: Iterable[Node], edges: Iterable[Edge], *, mark: str) -> None:
        engine = self._engine()
        try:
            self.snapshots.add(partial(load_database, engine, nodes, edges), mark=mark, version=engine.__version__)
        except (RuntimeError, OSError) as problem:
            raise BackendError(f"The graph could not be built under {self.folder}: {problem}.") from problem

    def mark(self) -> str:
        return self.snapshots.live().get("mark", "")

    def count(self) -> tuple[int, int]:
        manifest = self.snapshots.live()
        return manifest.get("nodes", 0), manifest.get("edges", 0)

    def touching(self, keys: Sequence[str], wanted: Wanted, *, direction: Direction, among: bool = False) -> list[Edge]:
        found: dict[tuple[str, int], Edge] = {}
        numbers = [number_of(key) for key in keys if is_key(key)]
        where, values = _conditions(numbers, wanted)
        for way in (Direction.OUT, Direction.IN) if direction == Direction.BOTH else (direction,):
            here, _, pattern = _WAYS[way]
            query = f"{_EACH} MATCH {pattern} WHERE {here}.number = number {where} RETURN {_EDGE} {_ORDER} LIMIT $limit"
            for source, target, *rest in self._rows(query, values, seconds=wanted.seconds):
                # An edge between two of the nodes is found from both sides.
                found[rest[0], rest[2]] = Edge(key_of(source), key_of(target), *rest)
        edges = sorted(found.values(), key=rank)
        if among:
            # Not in the query, for the same reason as `_EACH`.
            known = set(keys)
            edges = [edge for edge in edges if edge.source in known and edge.target in known]
        return edges[: wanted.limit]

    def steps(self, numbers: Sequence[int], wanted: Wanted) -> list[tuple[int, int, int]]:
        where, values = _conditions(numbers, wanted)
        rows: list[tuple[int, int, int]] = []
        for here, there, pattern in _WAYS.values():
            query = (
                f"{_EACH} MATCH {pattern} WHERE {here}.number = number {where} "
                f"RETURN {here}.number, {there}.number, e.cost LIMIT $limit"
            )
            rows += map(tuple, self._rows(query, values, seconds=wanted.seconds))
        return rows[: wanted.limit]

    def close(self) -> None:
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None

    def _rows(self, query: str, values: dict[str, Any], *, seconds: float) -> list[list[Any]]:
        if not values["numbers"] or not values["states"]:
            return []
        with self._lock:
            reader = self._reader()
            try:
                reader.connection.set_query_timeout(max(1, int(seconds * 1000)))
                with reader.connection.execute(query, values) as result:
                    rows = result.get_all()
            except RuntimeError as problem:
                raise BackendError(f"The graph engine could not answer: {problem}.") from problem
        if any(None in row for row in rows):
            # No value of a snapshot is empty; the records answer then.
            raise BackendError("The graph engine gave back an incomplete row.")
        return rows

    def _reader(self) -> _Open:
        live = self.snapshots.live()
        if not live:
            raise BackendError("No graph has been built on this machine yet.")
        if self._open is None or self._open.name != live["name"]:
            self.close()
            self._open = self._opened(live)
        return self._open

    def _opened(self, manifest: dict[str, Any]) -> _Open:
        """The snapshot, checked and open; of one that was pruned just now, the next."""
        engine = self._engine()
        try:
            lock = self.snapshots.hold(manifest)
        except BackendError:
            newer = self.snapshots.live()
            if newer.get("name", manifest["name"]) == manifest["name"]:
                raise
            manifest, lock = newer, self.snapshots.hold(newer)
        name = manifest["name"]
        try:
            database, connection = connect(engine, self.folder / name / DATABASE, read_only=True)
        except (RuntimeError, OSError) as problem:
            lock.close()
            self.snapshots.set_aside(name)
            raise BackendError(f"The graph snapshot {name} could not be opened: {problem}.") from problem
        return _Open(name, database, connection, lock)

    def _engine(self) -> ModuleType:
        try:
            engine = importlib.import_module(self.engine)
            _ = engine.Database, engine.Connection
        except (ImportError, RuntimeError, OSError, AttributeError) as problem:
            raise BackendError(
                f"The graph engine {self.engine} cannot be used: {problem}. Install {self.wanted}, or set CLM_GRAPH to "
                "inference.backends.postgres_graph.Graph, which needs no engine."
            ) from problem
        return engine


def _conditions(numbers: Sequence[int], wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """What every query asks of an edge, and the values it names."""
    values: dict[str, Any] = {
        "numbers": list(dict.fromkeys(numbers)), "states": list(wanted.states), "limit": wanted.limit
    }  # fmt: skip
    if not wanted.kinds:
        return "AND e.state IN $states", values
    return "AND e.state IN $states AND e.kind IN $kinds", values | {"kinds": list(wanted.kinds)}
