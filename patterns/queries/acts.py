"""Curators' acts as the audit log has them, for those who tell what changed: by whom, and the reason that was given.

The log of the library says what changed and the audit log who did it, in one transaction; they meet by the thing and
the moment.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from patterns.models import AuditEntry, LibraryChange, Pattern, TierConfirmation

TAKEN_OUT: Final = ("retired pattern", "retired lighthouse", "merged pattern")
BROUGHT_BACK: Final = ("restored pattern", "restored lighthouse", "took merge back")
RENAMED: Final = ("renamed pattern", "renamed lighthouse")
REVERTED: Final = ("reverted pattern", "reverted lighthouse")
TIERS: Final = ("confirmed gold", "lowered tier")
ACTS: Final = (*TAKEN_OUT, *BROUGHT_BACK, *RENAMED, *REVERTED, *TIERS)
AT_MOST: Final = timedelta(seconds=5)  # between two lines of one transaction


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to one thing, and why. `who` is never empty: nobody at all is an operator at the machine."""

    number: int
    action: str
    of: tuple[str, int]
    title: str
    who: str
    reason: str
    at: datetime
    details: dict[str, Any]


def done_to(things: Iterable[tuple[str, int]], *, actions: Sequence[str] = ACTS, limit: int | None = None) -> list[Act]:
    """Return the acts on `things` (`("pattern", 3)`), newest first. One query, none for no things."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, pk in things:
        by_kind[kind].add(str(pk))
    if not by_kind:
        return []
    named = Q(pk__in=[])
    for kind, ids in by_kind.items():
        named |= Q(target_type=kind, target_id__in=ids)
    return told(AuditEntry.objects.filter(named, action__in=actions).order_by("-at", "-pk")[:limit])


def of_tiers(patterns: QuerySet[Pattern], *, before: datetime | None, limit: int) -> list[Act]:
    """Return what was made gold and silver again of `patterns`, newest first. One query."""
    confirmed = patterns.filter(pk__in=TierConfirmation.objects.values("pattern"))
    ids = confirmed.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    rows = AuditEntry.objects.filter(target_type="pattern", target_id__in=ids, action__in=TIERS)
    if before is not None:
        rows = rows.filter(at__lt=before)
    return told(rows.order_by("-at", "-pk")[:limit])


def told(rows: QuerySet[AuditEntry]) -> list[Act]:
    return [
        Act(
            number=row.pk,
            action=row.action,
            of=(row.target_type, int(row.target_id)),
            title=row.target_name,
            who=row.actor.credit if row.actor else _("an operator"),
            reason=_reason(row),
            at=row.at,
            details=row.details,
        )
        for row in rows.select_related("actor")
    ]


def by_change(rows: Sequence[LibraryChange]) -> dict[int, Act]:
    """Return the act behind each change of the log that an act made, by the change's id. One query.

    `rows` say of themselves whether they are `retired`, and whether a text came `again`.
    """
    places: dict[tuple[str, int], list[LibraryChange]] = defaultdict(list)
    for row in rows:
        places["pattern" if row.pattern_id else "lighthouse", row.pattern_id or row.lighthouse_id].append(row)
    found: dict[int, tuple[timedelta, Act]] = {}
    for act in done_to(places):
        for wanted in ("retired", "again", "text"):
            near = [
                (abs(row.at - act.at), row.pk)
                for row in places[act.of]
                if _sort(row) == wanted and act.action in _MADE_BY[wanted]
            ]
            if near and (best := min(near))[0] <= AT_MOST and best[0] < found.get(best[1], (AT_MOST * 2, act))[0]:
                found[best[1]] = (best[0], act)
    return {pk: act for pk, (_far, act) in found.items()}


def _sort(row: LibraryChange) -> str:
    return "retired" if row.retired else "again" if row.again else "text"


def _reason(row: AuditEntry) -> str:
    """What was said; a revert says it in the message of its revision, after what it goes back to."""
    said = row.details.get("reason") or ""
    if not said and row.action in REVERTED:
        said = str(row.details.get("message", "")).partition(": ")[2]
    return str(said)


_MADE_BY: Final = {"retired": TAKEN_OUT, "again": (*BROUGHT_BACK, *RENAMED), "text": (*RENAMED, *REVERTED)}
