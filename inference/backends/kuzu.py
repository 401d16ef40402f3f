"""The graph in Kuzu: each build is a new folder that is never written again, and a pointer file names the live one.

A reader that sees the pointer change opens the new snapshot; a failed build changes nothing. Kuzu lets no process
read what another one writes (https://docs.kuzudb.com/concurrency/), so nothing is ever opened for both.
"""

import contextlib
import csv
import json
import shutil
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import kuzu
from django.conf import settings

from inference.backends import BackendError, Edge, Node

SCHEMA = 1
MEMORY = 128 * 1024 * 1024  # bytes; Kuzu's own default takes most of the machine
KEPT = 2  # snapshots: the live one, and the one a reader may still hold open
MOST_STEPS = 6

_TRUSTED = ["approved", "declared"]


class Graph:
    """See `inference.backends.Graph`. Safe to share between threads: one query at a time."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings.CLM_HOME / "graph"
        self._lock = threading.RLock()
        self._open: tuple[str, kuzu.Database, kuzu.Connection] | None = None

    def build(self, nodes: Iterable[Node], edges: Iterable[Edge], *, mark: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        target = Path(tempfile.mkdtemp(prefix=".building-", dir=self.folder))
        try:
            manifest = _write(target, nodes, edges)
            name = str(max((int(path.name) for path in self._snapshots()), default=0) + 1)
            (target / "manifest.json").write_text(json.dumps(manifest | {"schema": SCHEMA, "mark": mark}))
            target.rename(self.folder / name)
        except (RuntimeError, OSError) as problem:
            shutil.rmtree(target, ignore_errors=True)
            raise BackendError(f"The graph could not be built under {self.folder}: {problem}.") from problem
        pointer = self.folder / ".current"
        pointer.write_text(name)
        pointer.replace(self.folder / "current")
        self._prune()

    def mark(self) -> str:
        return self._manifest().get("mark", "")

    def neighbours(self, key: str, *, limit: int = 50) -> list[Edge]:
        values = {"key": key, "trusted": _TRUSTED, "limit": limit}
        ends = "a.key, b.key, e.kind, e.state, e.relation_id"
        order = "ORDER BY CASE WHEN e.state IN $trusted THEN 0 ELSE 1 END, e.kind, e.relation_id LIMIT $limit"
        leaving = self._rows(f"MATCH (a:Thing {{key: $key}})-[e:Edge]->(b:Thing) RETURN {ends} {order}", values)
        arriving = self._rows(f"MATCH (a:Thing)-[e:Edge]->(b:Thing {{key: $key}}) RETURN {ends} {order}", values)
        found = [Edge(*row) for row in leaving + [row for row in arriving if row[0] != key]]
        found.sort(key=lambda edge: (edge.state not in _TRUSTED, edge.kind, edge.relation_id))
        return found[:limit]

    def paths(self, source: str, target: str, *, longest: int = 4, limit: int = 5) -> list[tuple[Edge, ...]]:
        if source == target:
            return []
        steps = max(1, min(longest, MOST_STEPS))
        found = self._rows(
            f"MATCH p = (a:Thing {{key: $source}})-[e:Edge* ALL SHORTEST 1..{steps} "
            "(r, n | WHERE r.state IN ['approved', 'declared'])]-(b:Thing {key: $target}) "
            "RETURN nodes(p), rels(p) LIMIT $limit",
            {"source": source, "target": target, "limit": limit},
        )
        return [_path(nodes, edges) for nodes, edges in found]

    def count(self) -> tuple[int, int]:
        manifest = self._manifest()
        return manifest.get("nodes", 0), manifest.get("edges", 0)

    def _rows(self, query: str, values: dict[str, Any]) -> list[list[Any]]:
        with self._lock:
            connection = self._connection()
            try:
                result = connection.execute(query, values)
                return result.get_all()
            except RuntimeError as problem:
                raise BackendError(f"Kuzu could not answer: {problem}.") from problem

    def _connection(self) -> kuzu.Connection:
        name = self._current()
        if not name:
            raise BackendError("No graph has been built on this machine yet.")
        if self._open is None or self._open[0] != name:
            self.close()
            try:
                database = kuzu.Database(
                    str(self.folder / name / "graph.kuzu"), buffer_pool_size=MEMORY, max_num_threads=1, read_only=True
                )
                self._open = (name, database, kuzu.Connection(database, num_threads=1))
            except (RuntimeError, OSError) as problem:
                raise BackendError(f"The graph snapshot {name} could not be opened: {problem}.") from problem
        return self._open[2]

    def close(self) -> None:
        with self._lock:
            if self._open is not None:
                self._open[2].close()
                self._open[1].close()
                self._open = None

    def _current(self) -> str:
        with contextlib.suppress(OSError):
            name = (self.folder / "current").read_text().strip()
            if name.isdigit() and self._manifest_of(name).get("schema") == SCHEMA:
                return name
        return ""

    def _manifest(self) -> dict[str, Any]:
        name = self._current()
        return self._manifest_of(name) if name else {}

    def _manifest_of(self, name: str) -> dict[str, Any]:
        try:
            return json.loads((self.folder / name / "manifest.json").read_text())
        except (OSError, ValueError):
            return {}

    def _snapshots(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if path.is_dir() and path.name.isdigit()]

    def _prune(self) -> None:
        """Remove old snapshots, and builds that a killed process left behind."""
        newest = sorted(self._snapshots(), key=lambda path: int(path.name), reverse=True)
        for old in [*newest[KEPT:], *self.folder.glob(".building-*")]:
            shutil.rmtree(old, ignore_errors=True)


def _write(target: Path, nodes: Iterable[Node], edges: Iterable[Edge]) -> dict[str, int]:
    """Load a new database under `target` and return its counts; raises RuntimeError when they differ from what came."""
    given_nodes = _csv(target / "nodes.csv", ((node.key, node.slug, " ".join(node.title.split())) for node in nodes))
    rows = ((edge.source, edge.target, edge.kind, edge.state, edge.relation_id) for edge in edges)
    given_edges = _csv(target / "edges.csv", rows)
    database = kuzu.Database(str(target / "graph.kuzu"), buffer_pool_size=MEMORY, max_num_threads=1)
    connection = kuzu.Connection(database, num_threads=1)
    try:
        connection.execute("CREATE NODE TABLE Thing(key STRING PRIMARY KEY, slug STRING, title STRING)")
        connection.execute("CREATE REL TABLE Edge(FROM Thing TO Thing, kind STRING, state STRING, relation_id INT64)")
        if given_nodes:
            connection.execute(f'COPY Thing FROM "{target / "nodes.csv"}" (PARALLEL=FALSE, ESCAPE=\'"\')')
        if given_edges:
            connection.execute(f'COPY Edge FROM "{target / "edges.csv"}" (PARALLEL=FALSE, ESCAPE=\'"\')')
        held_nodes = connection.execute("MATCH (a:Thing) RETURN count(*)").get_next()[0]
        held_edges = connection.execute("MATCH (:Thing)-[e:Edge]->(:Thing) RETURN count(*)").get_next()[0]
    finally:
        connection.close()
        database.close()
    if (held_nodes, held_edges) != (given_nodes, given_edges):
        raise RuntimeError(
            f"{given_nodes} nodes and {given_edges} edges were given, {held_nodes} and {held_edges} arrived"
        )
    for name in ("nodes.csv", "edges.csv"):
        (target / name).unlink()
    return {"nodes": held_nodes, "edges": held_edges}


def _csv(path: Path, rows: Iterable[tuple[Any, ...]]) -> int:
    count = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _path(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> tuple[Edge, ...]:
    keys = {(node["_id"]["table"], node["_id"]["offset"]): node["key"] for node in nodes}

    def key(end: dict[str, int]) -> str:
        return keys[end["table"], end["offset"]]

    return tuple(
        Edge(key(edge["_src"]), key(edge["_dst"]), edge["kind"], edge["state"], edge["relation_id"]) for edge in edges
    )
