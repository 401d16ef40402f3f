"""Find what an act on many items is about: everything that a list shows, an act that was begun, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from patterns.models import BulkAct, BulkOutcome, User
from patterns.queries.queue import matching, order_of
from patterns.review.bulk import MOST, Chosen, TooMany, undoable
from patterns.review.filters import Filters


@dataclass(frozen=True, slots=True)
class Result:
    """An act and what came of each item; `can_undo` where it can be taken back."""

    act: BulkAct
    done: Sequence[BulkOutcome]
    failed: Sequence[BulkOutcome]
    can_undo: bool


def everything(filters: Filters, *, reader: User) -> list[Chosen]:
    """Return every item of a list in its version, in the list's order. Raises `TooMany`. One query."""
    rows = matching(filters, reader=reader).order_by(*order_of(filters)).values_list("pk", "version")
    found = [Chosen(pk, version) for pk, version in rows[: MOST + 1]]
    if len(found) > MOST:
        raise TooMany
    return found


def known_act(key: str, *, actor: User) -> bool:
    """Return whether `actor` has begun the act that a form names; then it is carried on. One query."""
    return BulkAct.objects.filter(key=key, actor=actor).exists()


def result_of(pk: int, *, actor: User) -> Result | None:
    """Return an act of `actor` with its outcomes. Three queries."""
    act = BulkAct.objects.filter(pk=pk, actor=actor).first()
    if act is None:
        return None
    outcomes = list(act.outcomes.select_related("item"))
    return Result(
        act=act,
        done=[one for one in outcomes if one.done],
        failed=[one for one in outcomes if not one.done],
        can_undo=any(one.done for one in outcomes) and undoable(act),
    )
