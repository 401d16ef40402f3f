"""The graph of relations as the explorer asks for it: raw rows for `patterns.exploring`, and the words to show them in.

Ends that name nothing, rejected relations, retired patterns and a pattern's relations to itself are in no answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import F, Q

from patterns.enums import PublicationState, RelationState
from patterns.exploring.prerequisites import Needs
from patterns.exploring.ways import Touching
from patterns.models import Pattern, Relation
from patterns.queries.doubts import Told, is_doubted, told
from patterns.queries.relation_words import goes_both_ways

APPROVED: Final = (RelationState.APPROVED.value,)
WITH_SUGGESTED: Final = (RelationState.APPROVED.value, RelationState.SUGGESTED.value)
MOST_NEEDED: Final = 400  # patterns of a closure
MOST_NEEDS: Final = 4_000  # relations among them
_DOUBT: Final = 1_000_000  # what a step costs that nobody reviewed: more than any weights can outweigh
_MORE_DOUBT: Final = 20_000  # and more, where something speaks against it: on the longest way still less than another

_DOUBTED = (
    "(r.state = 'suggested' AND EXISTS"
    " (SELECT FROM patterns_relationdoubt d WHERE d.relation_id = r.id AND d.kind <> 'none'))"
)
_COST = (
    f"CASE WHEN r.state = 'approved' THEN 0 WHEN {_DOUBTED} THEN {_DOUBT + _MORE_DOUBT} ELSE {_DOUBT} END"
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
_NEEDS = (
    """
    WITH RECURSIVE reached(id) AS (
        SELECT %(start)s::bigint
        UNION
        SELECT r.{there} FROM reached n
        JOIN patterns_relation r ON r.{here} = n.id AND r.kind = 'requires' AND r.state = ANY(%(states)s)
        JOIN patterns_pattern p ON p.id = r.{there} AND p.state = 'published'
    ),
    nearest AS MATERIALIZED (SELECT id FROM reached LIMIT %(most)s)
    SELECT r.{here}, r.{there}, r.state <> 'approved', r.evidence, r.id, DOUBTED
    FROM nearest n
    JOIN patterns_relation r ON r.{here} = n.id AND r.kind = 'requires' AND r.state = ANY(%(states)s)
    JOIN nearest m ON m.id = r.{there}
    WHERE r.{here} <> r.{there}
    ORDER BY r.weight DESC NULLS LAST, r.id
    LIMIT %(rows)s
"""
).replace("DOUBTED", _DOUBTED)


@dataclass(frozen=True, slots=True)
class Name:
    """What a pattern is called, and where it stands."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Joint:
    """One relation between two patterns as it is written: from `source` to `target`, with what speaks against it."""

    source: int
    target: int
    kind: str
    suggested: bool
    evidence: str
    doubts: tuple[Told, ...] = ()


def touching(states: Sequence[str]) -> Touching:
    """Return what `shortest_ways` asks with: rows `(id, neighbour, cost)` along relations in `states`. One query each.

    A step costs 0 to 1000 by its weight, and more than any weights add up to when it is only suggested; more again
    when something speaks against it.
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
    """Return every relation between each two patterns of `pairs`, the best first: approved, then undoubted.

    One query, and one where some are in doubt; none for no pairs.
    """
    wanted = {frozenset(pair) for pair in pairs}
    ends = {end for pair in wanted for end in pair}
    if not ends:
        return {}
    rows = (
        Relation.objects.filter(source__in=ends, target__in=ends, state__in=states)
        .annotate(doubted=Q(state=RelationState.SUGGESTED) & Q(is_doubted()))
        .order_by("state", "doubted", F("weight").desc(nulls_last=True), "pk")
        .values_list("source_id", "target_id", "kind", "state", "evidence", "pk", "doubted")
    )
    rows = [row for row in rows if frozenset(row[:2]) in wanted]
    doubts = told(row[-2] for row in rows if row[-1])
    found: dict[frozenset[int], list[Joint]] = {}
    for source, target, kind, state, evidence, pk, _doubted in rows:
        pair = frozenset((source, target))
        known = found.setdefault(pair, [])
        if not any(one.kind == kind and (one.source == source or goes_both_ways(kind)) for one in known):
            suggested = state != RelationState.APPROVED
            known.append(Joint(source, target, kind, suggested, evidence, doubts.get(pk, ())))
    return found


def has_approved() -> bool:
    """Say whether any relation between two published patterns has been approved. One query."""
    live = {"source__state": PublicationState.PUBLISHED, "target__state": PublicationState.PUBLISHED}
    return Relation.objects.filter(state=RelationState.APPROVED, **live).exclude(source=F("target")).exists()


def _rows(query: str, values: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()
