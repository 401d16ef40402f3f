"""Fills a new database of an embedded graph engine, and makes sure that all of it arrived."""

import csv
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from inference.backends.walks import cost_of, number_of
from inference.graphs import Edge, Node

MEMORY = 128 * 1024 * 1024  # bytes of buffer; the engine's own default takes most of the machine
ADDRESSES = 4 * 1024**3  # bytes of address space, which is also the most a graph may take on disk; a power of two
DATABASE = "graph.db"

_NODES = "CREATE NODE TABLE Thing(number INT64 PRIMARY KEY, slug STRING, title STRING)"
_EDGES = """
    CREATE REL TABLE Edge(
        FROM Thing TO Thing, kind STRING, state STRING, relation_id INT64, weight DOUBLE, cost INT64
    )
"""
_TABLES = (_NODES, " ".join(_EDGES.split()))
_COUNTS = ("MATCH (a:Thing) RETURN count(*)", "MATCH (:Thing)-[e:Edge]->(:Thing) RETURN count(*)")


def connect(engine: ModuleType, path: Path, *, read_only: bool) -> tuple[Any, Any]:
    """A database and a connection to it, with what they may take of the machine."""
    database = engine.Database(
        str(path), buffer_pool_size=MEMORY, max_num_threads=1, max_db_size=ADDRESSES, read_only=read_only
    )
    return database, engine.Connection(database, num_threads=1)


def load_database(engine: ModuleType, nodes: Iterable[Node], edges: Iterable[Edge], target: Path) -> dict[str, Any]:
    """Load a new database under `target` and return its facts; raises RuntimeError where not all of it arrived."""
    given = _csv(target / "Thing.csv", map(_node, nodes)), _csv(target / "Edge.csv", map(_edge, edges))
    database, connection = connect(engine, target / DATABASE, read_only=False)
    try:
        for statement in _TABLES:
            connection.execute(statement)
        for table, count in zip(("Thing", "Edge"), given, strict=True):
            file = target / f"{table}.csv"
            if count:
                connection.execute(f'COPY {table} FROM "{file}" (PARALLEL=FALSE, ESCAPE=\'"\')')
            file.unlink()
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
        database.close()
    # Counted as a reader will find it: opened anew, and only for reading.
    database, connection = connect(engine, target / DATABASE, read_only=True)
    try:
        held = tuple(connection.execute(query).get_next()[0] for query in _COUNTS)
    finally:
        connection.close()
        database.close()
    if held != given:
        raise RuntimeError(f"{given[0]} nodes and {given[1]} edges were given, {held[0]} and {held[1]} arrived")
    files = sorted(path.name for path in target.iterdir() if path.name.startswith(DATABASE) and path.stat().st_size)
    return {"nodes": held[0], "edges": held[1], "tables": list(_TABLES), "files": files}


def _node(node: Node) -> tuple[Any, ...]:
    return number_of(node.key), node.slug, " ".join(node.title.split())


def _edge(edge: Edge) -> tuple[Any, ...]:
    ends = number_of(edge.source), number_of(edge.target)
    return *ends, edge.kind, edge.state, edge.relation_id, edge.weight, cost_of(edge)


def _csv(path: Path, rows: Iterable[tuple[Any, ...]]) -> int:
    count = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for row in rows:
            writer.writerow(row)
            count += 1
    return count
