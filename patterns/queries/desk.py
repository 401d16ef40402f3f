"""What the desk of suggested relations counts: groups by doubt, what a filter finds, its targets, the last acts.

Counts over everything are remembered until the library or the doubts change.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet

from patterns.doubting import keeping, words
from patterns.enums import RelationState
from patterns.models import Relation, RelationBatch, RelationDoubt, User
from patterns.queries.library import library_state, remembered
from patterns.relating.choosing import Chosen, Fingerprint, decidable, fingerprint, waiting

MOST_TARGETS: Final = 8
FEWEST_AT_A_TARGET: Final = 10
LAST_ACTS: Final = 12


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of doubt with its true count."""

    kind: str
    name: str
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """A state of the library and of the doubts: what counts were true for, and how many changes wait to be followed."""

    state: int
    standing: keeping.Standing

    def remembered(self, key: str, compute: Any) -> Any:
        return remembered(f"desk:{key}:{self.standing.at}", compute, state=self.state)


def freshness() -> Freshness:
    """Read the state the desk is shown for. Three queries."""
    return Freshness(library_state(), keeping.standing())


def groups(fresh: Freshness) -> list[Group]:
    """Return every group that has relations, most certain doubts first. Two queries, none while nothing changes."""
    counts = fresh.remembered("groups", _counted)
    order = [*words.NAMES]
    return [
        Group(kind, words.name(kind), words.meaning(kind), counts[kind])
        for kind in sorted(counts, key=lambda kind: order.index(kind) if kind in order else len(order))
        if kind and counts[kind]
    ]


def total(fresh: Freshness) -> int:
    """How many suggested relations wait; one may be in several groups."""
    return fresh.remembered("groups", _counted).get("", 0)


def _counted() -> dict[str, int]:
    rows = RelationDoubt.objects.filter(relation__state=RelationState.SUGGESTED).order_by()
    counts = dict(rows.values_list("kind").annotate(Count("pk")))
    suggested = Relation.objects.filter(state=RelationState.SUGGESTED)
    unseen = suggested.filter(doubts=None).count()
    return counts | {"": suggested.count(), words.UNSEEN: unseen}


def found(chosen: Chosen, *, reviewer: User, fresh: Freshness) -> Fingerprint:
    """Return how many relations `reviewer` may decide of a filter, and the mark of exactly those. At most one query."""
    key = f"found:{reviewer.pk}:{chosen.query}"
    count, mark = fresh.remembered(key, lambda: _as_pair(fingerprint(decidable(chosen, reviewer=reviewer))))
    return Fingerprint(count, mark)


def _as_pair(mark: Fingerprint) -> tuple[int, str]:
    return mark.count, mark.mark


def targets(chosen: Chosen, *, fresh: Freshness) -> list[tuple[str, str, int]]:
    """Return the targets that most relations of a filter point at: address, title, how many. At most one query."""
    return fresh.remembered(f"targets:{chosen.query}", lambda: _targets(chosen))


def _targets(chosen: Chosen) -> list[tuple[str, str, int]]:
    rows = waiting(chosen).exclude(target=None).order_by().values_list("target__slug", "target__title")
    counted = rows.annotate(n=Count("pk")).filter(n__gte=FEWEST_AT_A_TARGET)
    return list(counted.order_by("-n", "target__title")[:MOST_TARGETS])


def choices(fresh: Freshness) -> dict[str, list[tuple[str, int]]]:
    """Return what the filters offer, with counts: kinds, libraries, domains. Three queries, none while unchanged."""
    return fresh.remembered("choices", _choices)


def _choices() -> dict[str, list[tuple[str, int]]]:
    rows = Relation.objects.filter(state=RelationState.SUGGESTED).order_by()
    columns = {"kind": "kind", "library": "library__slug", "domain": "source__domain"}
    return {
        name: list(rows.exclude(**{column: ""}).exclude(**{column: None}).values_list(column)
                   .annotate(n=Count("pk")).order_by("-n", column))
        for name, column in columns.items()
    }  # fmt: skip


def last_acts(*, most: int = LAST_ACTS) -> QuerySet[RelationBatch]:
    """Return the last acts of all reviewers, what was undone among them. One query."""
    rows = RelationBatch.objects.select_related("reviewer", "undone_by").order_by("-pk")
    return rows.exclude(act=RelationBatch.Act.UNDO)[:most]


def own_last_act(reviewer: User) -> RelationBatch | None:
    """Return the last act of `reviewer` that can be taken back. One query."""
    rows = RelationBatch.objects.filter(reviewer=reviewer, undone_by=None, submission=None)
    return rows.exclude(act=RelationBatch.Act.UNDO).order_by("-pk").first()
