"""The rows of the desk of suggested relations: one page of a list, a sample, what was picked.

A page costs the same wherever it is, because it begins after the last relation of the page before.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patterns.doubting import words
from patterns.doubting.edges import DoubtKind, Named
from patterns.doubting.naming import Stretch, stretches
from patterns.enums import RelationState
from patterns.models import Relation, RelationDoubt, User
from patterns.relating.choosing import Chosen, decidable, waiting
from patterns.relating.deciding import mark_of

A_PAGE: Final = 20


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
