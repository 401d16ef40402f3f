"""The graph straight from the records: nothing to build or to go stale, and what answers when no engine can.

Ends that name nothing, rejected relations, retired things and a pattern's relations to itself are not in it.
"""

from collections.abc import Collection, Iterable, Sequence

from django.db import OperationalError, connection, transaction

from inference.backends import BackendError
from inference.backends.walks import DOUBT, Walks, Wanted, is_key
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
# The same as steps: here, there, and `walks.cost_of` in SQL.
_COST = f"CASE r.state WHEN 'suggested' THEN {DOUBT} ELSE 0 END + floor(1000 * (1 - {_WEIGHT}))::int"
_STEPS = [
    f"""
    SELECT r.{here}_id, r.{there}_id, {_COST} FROM patterns_relation r
    JOIN patterns_pattern t ON t.id = r.{there}_id AND t.state = 'published'
    JOIN patterns_pattern s ON s.id = r.{here}_id AND s.state = 'published'
    WHERE r.{here}_id = ANY(%(p)s) AND r.state IN ('approved', 'suggested') AND r.source_id <> r.target_id {{kinds}}
    """  # noqa: S608 - built from constants
    for here, there in (("source", "target"), ("target", "source"))
]
_ADOPTION_STEPS = [
    f"""
    SELECT {here}, {there}, 0 FROM patterns_adoption a
    JOIN patterns_lighthouse l ON l.id = a.lighthouse_id AND l.state = 'published'
    JOIN patterns_pattern p ON p.id = a.pattern_id AND p.state = 'published'
    WHERE {end} = ANY(%({ids})s)
    """  # noqa: S608 - built from constants
    for here, there, end, ids in (
        ("-a.lighthouse_id", "a.pattern_id", "a.lighthouse_id", "l"),
        ("a.pattern_id", "-a.lighthouse_id", "a.pattern_id", "p"),
    )
]
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

    def touching(self, keys: Sequence[str], wanted: Wanted, *, direction: Direction, among: bool = False) -> list[Edge]:
        ids = {letter: [int(key[1:]) for key in keys if is_key(key) and key[0] == letter] for letter in "pl"}
        selects = []
        for way in (Direction.OUT, Direction.IN) if direction == Direction.BOTH else (direction,):
            out = way == Direction.OUT
            if ids["p"] and set(wanted.kinds) != {USES}:
                at = f"r.{'source_id' if out else 'target_id'} = ANY(%(p)s)"
                at += f" AND r.{'target_id' if out else 'source_id'} = ANY(%(p)s)" if among else ""
                selects.append(f"{_RELATIONS} {_of(wanted.kinds)} AND {at}")
            if ids["l" if out else "p"] and DECLARED in wanted.states and (not wanted.kinds or USES in wanted.kinds):
                at = "a.lighthouse_id = ANY(%(l)s)" if out else "a.pattern_id = ANY(%(p)s)"
                at += f" AND {'a.pattern_id = ANY(%(p)s)' if out else 'a.lighthouse_id = ANY(%(l)s)'}" if among else ""
                selects.append(f"{_ADOPTIONS} AND {at}")
        if not selects:
            return []
        # UNION, and not ALL: an edge between two of the nodes is found from both sides.
        query = (
            f"SELECT * FROM ({' UNION '.join(selects)}) e "  # noqa: S608 - built from constants
            "ORDER BY state = 'suggested', weight DESC, kind, id LIMIT %(limit)s"
        )
        values = {**_values(wanted), **ids}
        return [Edge(*row) for row in _rows(query, values, seconds=wanted.seconds)]

    def steps(self, numbers: Sequence[int], wanted: Wanted) -> list[tuple[int, int, int]]:
        selects = []
        patterns, lighthouses = [one for one in numbers if one >= 0], [-one for one in numbers if one < 0]
        if patterns and set(wanted.kinds) != {USES}:
            selects += [part.replace("{kinds}", _of(wanted.kinds)) for part in _STEPS]
        if DECLARED in wanted.states and (not wanted.kinds or USES in wanted.kinds):
            selects += [part for part, ids in zip(_ADOPTION_STEPS, (lighthouses, patterns), strict=True) if ids]
        if not selects:
            return []
        values = {**_values(wanted), "p": patterns, "l": lighthouses}
        return _rows(f"{' UNION ALL '.join(selects)} LIMIT %(limit)s", values, seconds=wanted.seconds)

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


def _values(wanted: Wanted) -> dict[str, object]:
    return {"states": list(wanted.states), "kinds": list(wanted.kinds), "limit": wanted.limit}


def _of(kinds: Collection[str]) -> str:
    return "AND r.state = ANY(%(states)s)" + (" AND r.kind = ANY(%(kinds)s)" if kinds else "")


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
