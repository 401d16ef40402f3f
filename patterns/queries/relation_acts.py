"""Decisions about relations as readers are told of them: what one person did on one day for one reason is one line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, TextField, Value, When
from django.db.models.functions import TruncDate

from patterns.models import Pattern, RelationBatch, RelationDecision, User


@dataclass(frozen=True, slots=True)
class Decided:
    """How many relations somebody accepted, rejected or decided back (`act`), on one day, for one reason."""

    act: str
    reviewer: User
    reason: str
    day: date
    at: datetime
    count: int


def decided(*, before: datetime | None = None, limit: int) -> list[Decided]:
    """Return the last decisions of all reviewers. Two queries, one where there are none."""
    rows = _alike(RelationBatch.objects.filter(count__gt=0), prefix="")
    rows = rows.annotate(n=Sum("count"), last=Max("at")).order_by("-last")
    return list(_told(rows.filter(last__lt=before)[:limit] if before else rows[:limit]))


def decided_about(pattern: Pattern, *, limit: int) -> list[Decided]:
    """Return the last decisions about relations of `pattern`. Two queries, one where there are none."""
    ends = Q(relation__source=pattern) | Q(relation__target=pattern)
    rows = _alike(RelationDecision.objects.filter(ends), prefix="batch__")
    return list(_told(rows.annotate(n=Count("pk"), last=Max("batch__at")).order_by("-last")[:limit]))


def _alike(rows: QuerySet, *, prefix: str) -> QuerySet:
    """Group what is told as one. What was said to the author of a submission is between the two, and not told."""
    private = When(**{f"{prefix}submission__isnull": False, "then": Value("")})
    return rows.order_by().values(
        said=Case(private, default=F(f"{prefix}reason"), output_field=TextField()), what=F(f"{prefix}act"),
        who=F(f"{prefix}reviewer"), day=TruncDate(f"{prefix}at"),
    )  # fmt: skip


def _told(rows: QuerySet) -> Iterator[Decided]:
    found = list(rows)
    people = User.objects.in_bulk({row["who"] for row in found}) if found else {}
    for row in found:
        yield Decided(row["what"], people[row["who"]], row["said"], row["day"], row["last"], row["n"])
