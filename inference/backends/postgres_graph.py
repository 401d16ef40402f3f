"""The graph straight from the records: nothing to build or to go stale, and what answers when no engine can.

Ends that name nothing, rejected relations, retired things and a pattern's relations to itself are not in it.
"""

from collections.abc import Collection, Iterable, Sequence

from django.db import OperationalError, connection, transaction

from inference.backends import BackendError
from inference.backends.walks import Walks, is_key
from inference.graphs import DECLARED, USES, Direction, Edge, Node

# A relation with a sentence of evidence weighs more than any number its file gives it.
_WEIGHT = "((r.evidence <> '')::int + least(greatest(coalesce(r.weight, 0.5), 0), 1)) / 2"
_RELATIONS = f"""
    SELECT 'p' || r.source_id AS source, 'p' || r.target_id AS target, r.kind, r.state, r.id, {_WEIGHT} AS weight
    FROM patterns_relation r
    JOIN patterns_pattern s ON s.id = r.source_id AND s.state = 'published'
    JOIN patterns_pattern t ON t.id = r.target_id AND t.state = 'published'
    WHERE r.state IN ('approved', 'suggested') AND r.source_id <> r.target_id
"""  # noqa: S608 - built from constants
_ADOPTIONS = """
    SELECT 'l' || a.lighthouse_id AS source, 'p' || a.pattern_id AS target, 'uses' AS kind, 'declared' AS state, a.id,
           1::float8 AS weight
    FROM patterns_adoption a
    JOIN patterns_lighthouse l ON l.id = a.lighthouse_id AND l.state = 'published'
    JOIN patterns_pattern p ON p.id = a.pattern_id AND p.state = 'published'
    WHERE true
"""
_TIMEOUT = "SELECT current_setting('statement_timeout'), set_config('statement_timeout', %s, true)"
_NODES = """
    SELECT 'p' || id, slug, title FROM patterns_pattern WHERE state = 'published'
    UNION ALL SELECT 'l' || id, slug, title FROM patterns_lighthouse WHERE state = 'published'
"""


class Graph(Walks):
    """See `inference.graphs.Graph`."""

    def build(self, nodes: Iterable[Node], edges: Iterable[Edge], *, mark: str) -> None:
        """Nothing to do: the records are the graph."""

    def mark(self) -> str:
        return "live"

    def touching(
        self,
        keys: Sequence[str],
        *,
        direction: Direction,
        kinds: Collection[str],
        states: Collection[str],
        limit: int,
        seconds: float,
        ordered: bool = True,
    ) -> list[Edge]:
        ids = {letter: [int(key[1:]) for key in keys if is_key(key) and key[0] == letter] for letter in "pl"}
        selects = []
        for way in (Direction.OUT, Direction.IN) if direction == Direction.BOTH else (direction,):
            out = way == Direction.OUT
            if ids["p"] and set(kinds) != {USES}:
                of_kinds = "AND r.kind = ANY(%(kinds)s)" if kinds else ""
                end = "source_id" if out else "target_id"
                selects.append(f"{_RELATIONS} AND r.state = ANY(%(states)s) {of_kinds} AND r.{end} = ANY(%(p)s)")
            letter, end = ("l", "lighthouse_id") if out else ("p", "pattern_id")
            if ids[letter] and DECLARED in states and (not kinds or USES in kinds):
                selects.append(f"{_ADOPTIONS} AND a.{end} = ANY(%({letter})s)")
        if not selects:
            return []
        # UNION, and not ALL: an edge between two of the nodes is found from both sides.
        order = "ORDER BY state = 'suggested', weight DESC, kind, id" if ordered else ""
        query = f"SELECT * FROM ({' UNION '.join(selects)}) e {order} LIMIT %(limit)s"  # noqa: S608 - from constants
        values = {"states": list(states), "kinds": list(kinds), "limit": limit, **ids}
        return [Edge(*row) for row in _rows(query, values, seconds=seconds)]

    def count(self) -> tuple[int, int]:
        counts = (f"(SELECT count(*) FROM ({part}) e)" for part in (_NODES, _RELATIONS, _ADOPTIONS))  # noqa: S608
        nodes, relations, adoptions = _rows(f"SELECT {', '.join(counts)}", {})[0]
        return nodes, relations + adoptions

    def everything(self) -> tuple[list[Node], list[Edge]]:
        """All nodes and edges, for building another backend's snapshot: as they are at one moment."""
        rows = _rows(f"SELECT * FROM ({_RELATIONS} UNION ALL {_ADOPTIONS}) e", {})  # noqa: S608
        nodes = [Node(*row) for row in _rows(_NODES, {})]
        known = {node.key for node in nodes}
        edges = [Edge(*row) for row in rows]
        return nodes, [edge for edge in edges if edge.source in known and edge.target in known]


def _rows(query: str, values: dict[str, object], *, seconds: float = 0) -> list[tuple]:
    """The rows; raises BackendError where they take longer than `seconds` (0: as long as it takes)."""
    nested = connection.in_atomic_block
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if seconds:
                limit = str(max(1, int(seconds * 1000)))
                cursor.execute(_TIMEOUT, [limit])
                before = cursor.fetchone()[0]
            cursor.execute(query, values or None)
            rows = cursor.fetchall()
            if seconds and nested:
                cursor.execute(_TIMEOUT, [before])
            return rows
    except OperationalError as problem:
        if "statement timeout" in str(problem):
            raise BackendError(f"The records took more than {seconds:.1f} s over one question.") from problem
        raise
