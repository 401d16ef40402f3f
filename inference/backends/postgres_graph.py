"""The graph straight from the records: nothing to build or to go stale, and what answers when Kuzu cannot.

A path is found with one recursive query (https://www.postgresql.org/docs/current/queries-with.html), shortest first.
"""

from collections.abc import Iterable

from django.db import connection

from inference.backends import Edge, Node

MOST_STEPS = 6

# What joins two published things. Ends that name nothing, rejected relations and retired things are not in it.
_EDGES = """
    SELECT 'p' || r.source_id AS source, 'p' || r.target_id AS target, r.kind, r.state, r.id AS relation_id
    FROM patterns_relation r
    JOIN patterns_pattern s ON s.id = r.source_id AND s.state = 'published'
    JOIN patterns_pattern t ON t.id = r.target_id AND t.state = 'published'
    WHERE r.state <> 'rejected' AND r.source_id <> r.target_id
    UNION ALL
    SELECT 'l' || a.lighthouse_id, 'p' || a.pattern_id, 'uses', 'declared', a.id
    FROM patterns_adoption a
    JOIN patterns_lighthouse l ON l.id = a.lighthouse_id AND l.state = 'published'
    JOIN patterns_pattern p ON p.id = a.pattern_id AND p.state = 'published'
"""
_NODES = """
    SELECT 'p' || id, slug, title FROM patterns_pattern WHERE state = 'published'
    UNION ALL SELECT 'l' || id, slug, title FROM patterns_lighthouse WHERE state = 'published'
"""


class Graph:
    """See `inference.backends.Graph`."""

    def build(self, nodes: Iterable[Node], edges: Iterable[Edge], *, mark: str) -> None:
        """Nothing to do: the records are the graph."""

    def mark(self) -> str:
        return "live"

    def neighbours(self, key: str, *, limit: int = 50) -> list[Edge]:
        rows = _rows(
            f"WITH edges AS ({_EDGES}) SELECT * FROM edges WHERE source = %s OR target = %s "  # noqa: S608
            "ORDER BY state = 'suggested', kind, relation_id LIMIT %s",
            [key, key, limit],
        )
        return [Edge(*row) for row in rows]

    def paths(self, source: str, target: str, *, longest: int = 4, limit: int = 5) -> list[tuple[Edge, ...]]:
        if source == target:
            return []
        rows = _rows(
            f"""
            WITH RECURSIVE edges AS MATERIALIZED (SELECT * FROM ({_EDGES}) e WHERE state IN ('approved', 'declared')),
            ways AS (SELECT source AS a, target AS b, relation_id, kind FROM edges
                     UNION ALL SELECT target, source, relation_id, kind FROM edges),
            walk(here, seen, taken, steps) AS (
                SELECT %s::text, ARRAY[%s::text], ARRAY[]::text[], 0
                UNION ALL
                SELECT w.b, k.seen || w.b, k.taken || (w.kind || ' ' || w.relation_id), k.steps + 1
                FROM walk k JOIN ways w ON w.a = k.here
                WHERE k.steps < %s AND NOT w.b = ANY(k.seen) AND k.here <> %s
            ),
            found AS (SELECT taken, steps, row_number() OVER (ORDER BY steps, taken) AS n, min(steps) OVER () AS least
                      FROM walk WHERE here = %s)
            SELECT f.n, e.source, e.target, e.kind, e.state, e.relation_id
            FROM found f CROSS JOIN unnest(f.taken) WITH ORDINALITY AS t(edge, place)
            JOIN edges e ON e.kind || ' ' || e.relation_id = t.edge
            WHERE f.n <= %s AND f.steps = f.least ORDER BY f.n, t.place
            """,  # noqa: S608
            [source, source, max(1, min(longest, MOST_STEPS)), target, target, limit],
        )
        found: dict[int, list[Edge]] = {}
        for number, *edge in rows:
            found.setdefault(number, []).append(Edge(*edge))
        return [tuple(path) for path in found.values()]

    def count(self) -> tuple[int, int]:
        rows = _rows(f"SELECT (SELECT count(*) FROM ({_NODES}) n), (SELECT count(*) FROM ({_EDGES}) e)", [])  # noqa: S608
        return rows[0]

    def everything(self) -> tuple[list[Node], list[Edge]]:
        """All nodes and edges, for building another backend's snapshot."""
        nodes = [Node(*row) for row in _rows(_NODES, [])]
        known = {node.key for node in nodes}
        edges = [Edge(*row) for row in _rows(_EDGES, [])]
        return nodes, [edge for edge in edges if edge.source in known and edge.target in known]


def _rows(query: str, values: list[object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()
