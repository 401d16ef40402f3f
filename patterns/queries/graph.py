"""The graph of relations as the explorer asks for it: raw rows for `patterns.exploring`, and the words to show them in.

Ends that name nothing, rejected relations, retired patterns and a pattern's relations to itself are in no answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import F

from patterns.enums import PublicationState, RelationState
from patterns.exploring.prerequisites import Needs
from patterns.exploring.ways import Touching
from patterns.models import Pattern, Relation
from patterns.queries.relation_words import goes_both_ways

APPROVED: Final = (RelationState.APPROVED.value,)
WITH_SUGGESTED: Final = (RelationState.APPROVED.value, RelationState.SUGGESTED.value)
MOST_NEEDED: Final = 400  # patterns of a closure
MOST_NEEDS: Final = 4_000  # relations among them
_DOUBT: Final = 1_000_000  # what a step costs that nobody reviewed: more than any weights can outweigh

_COST = (
    f"CASE r.state WHEN 'approved' THEN 0 ELSE {_DOUBT} END"
    " + (1000 * (1 - least(greatest(coalesce(r.weight, 0.5), 0), 1)))::int"
)
_TOUCHING = f"""
    SELECT * FROM (
        SELECT r.source_id, r.target_id, {_COST}
        FROM patterns_relation r JOIN patterns_pattern p ON p.id = r.target_id AND p.state = 'published'
        WHERE r.source_id = ANY(%(ids)s) AND r.state = ANY(%(states)s) AND r.source_id <> r.target_id
        UNION ALL
        SELECT r.target_id, r.source_id, {_COST}
        FROM patterns_relation r JOIN patterns_pattern p ON p.id = r.source_id AND p.state = 'published'
        WHERE r.target_id = ANY(%(ids)s) AND r.state = ANY(%(states)s) AND r.source_id <> r.target_id
    ) ways LIMIT %(limit)s
"""  # noqa: S608 - built from constants
_NEEDS = """
    WITH RECURSIVE reached(id) AS (
        SELECT %(start)s::bigint
        UNION
        SELECT r.{there} FROM reached n
        JOIN patterns_relation r ON r.{here} = n.id AND r.kind = 'requires' AND r.state = ANY(%(states)s)
        JOIN patterns_pattern p ON p.id = r.{there} AND p.state = 'published'
    ),
    nearest AS MATERIALIZED (SELECT id FROM reached LIMIT %(most)s)
    SELECT r.{here}, r.{there}, r.state <> 'approved', r.evidence
    FROM nearest n
    JOIN patterns_relation r ON r.{here} = n.id AND r.kind = 'requires' AND r.state = ANY(%(states)s)
    JOIN nearest m ON m.id = r.{there}
    WHERE r.{here} <> r.{there}
    ORDER BY r.weight DESC NULLS LAST, r.id
    LIMIT %(rows)s
"""


@dataclass(frozen=True, slots=True)
class Name:
    """What a pattern is called, and where it stands."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Joint:
    """One relation between two patterns as it is written: from `source` to `target`."""

    source: int
    target: int
    kind: str
    suggested: bool
    evidence: str


def touching(states: Sequence[str]) -> Touching:
    """Return what `shortest_ways` asks with: rows `(id, neighbour, cost)` along relations in `states`. One query each.

    A step costs 0 to 1000 by its weight, and more than any weights add up to when it is only suggested.
    """

    def rows(ids: Sequence[int], limit: int) -> Iterable[tuple[int, int, int]]:
        return _rows(_TOUCHING, {"ids": list(ids), "states": list(states), "limit": limit})

    return rows


def needs(start: int, states: Sequence[str], *, backwards: bool = False) -> tuple[list[Needs], bool]:
    """Return who requires whom among all that `start` requires at any depth, and whether a bound was met. One query.

    `backwards`: among all that require it. The first `MOST_NEEDED` patterns are read, the nearest.
    """
    here, there = ("target_id", "source_id") if backwards else ("source_id", "target_id")
    values = {"start": start, "states": list(states), "most": MOST_NEEDED + 1, "rows": MOST_NEEDS}
    rows = _rows(_NEEDS.format(here=here, there=there), values)
    found = [Needs(*row) for row in rows]
    reached = {need.other for need in found} - {start}
    return found, len(reached) >= MOST_NEEDED or len(rows) >= MOST_NEEDS


def names(ids: Iterable[int]) -> dict[int, Name]:
    """Return the names of patterns by their ids. One query, none for no ids."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = Pattern.objects.filter(pk__in=wanted).values_list("pk", "slug", "title")
    return {pk: Name(slug, title) for pk, slug, title in rows}


def joints(pairs: Iterable[tuple[int, int]], states: Sequence[str]) -> dict[frozenset[int], list[Joint]]:
    """Return every relation between each two patterns of `pairs`, the best first. One query, none for no pairs."""
    wanted = {frozenset(pair) for pair in pairs}
    ends = {end for pair in wanted for end in pair}
    if not ends:
        return {}
    rows = (
        Relation.objects.filter(source__in=ends, target__in=ends, state__in=states)
        .order_by("state", F("weight").desc(nulls_last=True), "pk")
        .values_list("source_id", "target_id", "kind", "state", "evidence")
    )
    found: dict[frozenset[int], list[Joint]] = {}
    for source, target, kind, state, evidence in rows:
        pair = frozenset((source, target))
        known = found.setdefault(pair, []) if pair in wanted else []
        if not any(one.kind == kind and (one.source == source or goes_both_ways(kind)) for one in known):
            known.append(Joint(source, target, kind, state != RelationState.APPROVED, evidence))
    return found


def has_approved() -> bool:
    """Say whether any relation between two published patterns has been approved. One query."""
    live = {"source__state": PublicationState.PUBLISHED, "target__state": PublicationState.PUBLISHED}
    return Relation.objects.filter(state=RelationState.APPROVED, **live).exclude(source=F("target")).exists()


def _rows(query: str, values: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()
