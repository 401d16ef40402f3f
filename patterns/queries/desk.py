"""What the desk of suggested relations shows: groups by doubt with their counts, one page of a list, one's last acts.

Counts over everything are remembered until the library or the doubts change; a page of the list costs the same
wherever it is, because it begins after the last relation of the page before.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet

from patterns.doubting import keeping, words
from patterns.doubting.edges import DoubtKind, Named
from patterns.doubting.naming import Stretch, stretches
from patterns.enums import RelationState
from patterns.models import Relation, RelationBatch, RelationDoubt, User
from patterns.queries.library import library_state, remembered
from patterns.relating.choosing import Chosen, Fingerprint, decidable, fingerprint, waiting
from patterns.relating.deciding import mark_of

A_PAGE: Final = 25
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
class Row:
    """A suggested relation to decide on. `stretches` is its evidence, cut where it names a pattern."""

    relation: Relation
    mark: str
    doubts: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows; `after` and `before` lead on and back where there is more. `first` follows a decision."""

    rows: tuple[Row, ...]
    after: int | None
    before: int | None


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


def page(chosen: Chosen, *, reviewer: User, after: int = 0, before: int = 0) -> Page:
    """Return the relations that follow `after`, or those that end at `before`. Two queries."""
    rows = waiting(chosen).select_related("source", "target", "library", "suggested_by")
    rows = rows.only(*_SHOWN)
    if before:
        some = list(rows.filter(pk__lt=before).order_by("-pk")[: A_PAGE + 1])
        more, some = len(some) > A_PAGE, some[:A_PAGE][::-1]
        return Page(_rows(some, reviewer), some[-1].pk if some else None, some[0].pk if some and more else None)
    some = list(rows.filter(pk__gt=after).order_by("pk")[: A_PAGE + 1])
    more, some = len(some) > A_PAGE, some[:A_PAGE]
    return Page(_rows(some, reviewer), some[-1].pk if more else None, some[0].pk if some and after else None)


def following(chosen: Chosen, *, after: int) -> int | None:
    """Return the next relation of a filter after `after`. One query."""
    return waiting(chosen).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True).first()


def sample(chosen: Chosen, *, reviewer: User, most: int = 12) -> list[Row]:
    """Return some relations of a filter, drawn by chance. Three queries."""
    drawn = list(decidable(chosen, reviewer=reviewer).order_by("?").values_list("pk", flat=True)[:most])
    rows = Relation.objects.filter(pk__in=drawn).select_related("source", "target", "library", "suggested_by")
    return list(_rows(list(rows.only(*_SHOWN).order_by("pk")), reviewer))


def picked(pks: Sequence[int], *, reviewer: User) -> list[Row]:
    """Return rows by their ids, those that still wait. Two queries."""
    rows = Relation.objects.filter(pk__in=pks, state=RelationState.SUGGESTED)
    rows = rows.select_related("source", "target", "library", "suggested_by").only(*_SHOWN)
    return list(_rows(list(rows.order_by("pk")), reviewer))


def last_acts(*, most: int = LAST_ACTS) -> QuerySet[RelationBatch]:
    """Return the last acts of all reviewers, what was undone among them. One query."""
    rows = RelationBatch.objects.select_related("reviewer", "undone_by").order_by("-pk")
    return rows.exclude(act=RelationBatch.Act.UNDO)[:most]


def own_last_act(reviewer: User) -> RelationBatch | None:
    """Return the last act of `reviewer` that can be taken back. One query."""
    rows = RelationBatch.objects.filter(reviewer=reviewer, undone_by=None, submission=None)
    return rows.exclude(act=RelationBatch.Act.UNDO).order_by("-pk").first()


def _rows(relations: list[Relation], reviewer: User) -> tuple[Row, ...]:
    doubts: dict[int, list[RelationDoubt]] = defaultdict(list)
    for doubt in RelationDoubt.objects.filter(relation__in=[one.pk for one in relations]).order_by("pk"):
        doubts[doubt.relation_id].append(doubt)
    return tuple(_row(one, doubts[one.pk], reviewer) for one in relations)


def _row(relation: Relation, doubts: Sequence[RelationDoubt], reviewer: User) -> Row:
    ends = {end.pk: Named(end.title, end.slug) for end in (relation.source, relation.target) if end is not None}
    others = {
        -place: Named(title, "")
        for doubt in doubts
        for place, title in enumerate(doubt.facts.get("others", ()), start=1)
    }
    return Row(
        relation=relation,
        mark=mark_of(relation),
        doubts=tuple(words.sentence(doubt.kind, doubt.facts) for doubt in doubts if doubt.kind != DoubtKind.NONE),
        stretches=tuple(stretches(relation.evidence, ends, others)) if relation.evidence else (),
        own=relation.suggested_by_id == reviewer.pk,
    )


_SHOWN: Final = (
    *("kind", "evidence", "weight", "state", "stands_at", "source_ref", "target_ref", "provenance"),
    *("source__slug", "source__title", "source__state", "target__slug", "target__title", "target__state"),
    *("library__slug", "library__title", "suggested_by__name", "suggested_by__public_id"),
)
