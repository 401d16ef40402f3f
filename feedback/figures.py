"""What the transparency page tells: how much, how well, by whom decided and at what cost. No words of anybody."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone

from feedback.judging.verdicts import Agreement, agreement
from feedback.models import Candidate, Rating, Release
from inference.models import Answer, UsageRecord
from patterns.enums import PublicationState, SubmissionKind, SubmissionState
from patterns.models import Lighthouse, Pattern, Submission

WEEKS = 12


@dataclass(frozen=True)
class Week:
    """One week, named by its Monday: answers finished, verdicts, and corrections accepted."""

    monday: date
    answers: int
    helpful: int
    unhelpful: int
    corrections: int

    @property
    def verdicts(self) -> int:
        return self.helpful + self.unhelpful


@dataclass(frozen=True)
class TierUse:
    """What one tier was used for. `cost` is in dollars; `unknown` counts generations whose price is not known."""

    tier: int
    generations: int
    tokens: int
    cost: Decimal
    unknown: int


@dataclass(frozen=True)
class Figures:
    """Everything the page shows. Shares are 0 to 1, or None where nothing has been counted."""

    patterns: int
    lighthouses: int
    answered: int
    nearest: int
    unanswered: int
    failed: int
    helpful: int
    verdicts: int
    corrections: int
    corrections_accepted: int
    corrections_declined: int
    rows: int
    releases: int
    weeks: tuple[Week, ...]
    tiers: tuple[TierUse, ...]
    judged: Agreement

    @property
    def helpful_share(self) -> float | None:
        return self.helpful / self.verdicts if self.verdicts else None

    @property
    def cost(self) -> Decimal:
        return sum((tier.cost for tier in self.tiers), Decimal(0))


def figures() -> Figures:
    """Read everything in eleven queries, however much there is."""
    done = Q(state=Answer.State.DONE)
    answers = Answer.objects.aggregate(
        answered=Count("pk", filter=done & Q(outcome=Answer.Outcome.ANSWER)),
        nearest=Count("pk", filter=done & Q(outcome=Answer.Outcome.NEAREST)),
        unanswered=Count("pk", filter=done & Q(outcome=Answer.Outcome.NONE)),
        failed=Count("pk", filter=Q(state=Answer.State.FAILED)),
    )
    verdicts = Rating.objects.aggregate(verdicts=Count("pk"), helpful=Count("pk", filter=Q(helpful=True)))
    sent = Submission.objects.filter(kind=SubmissionKind.CORRECTION).exclude(state=SubmissionState.DRAFT)
    corrections = sent.aggregate(
        corrections=Count("pk"),
        corrections_accepted=Count("pk", filter=Q(state=SubmissionState.ACCEPTED)),
        corrections_declined=Count("pk", filter=Q(state=SubmissionState.DECLINED)),
    )
    latest = Release.objects.order_by("-version").values_list("version", "rows").first()
    return Figures(
        patterns=Pattern.objects.filter(state=PublicationState.PUBLISHED).count(),
        lighthouses=Lighthouse.objects.filter(state=PublicationState.PUBLISHED).count(),
        releases=latest[0] if latest else 0,
        rows=latest[1] if latest else 0,
        weeks=_weeks(),
        tiers=_tiers(),
        judged=agreement(),
        **answers,
        **verdicts,
        **corrections,
    )


def _weeks() -> tuple[Week, ...]:
    today = timezone.localdate()
    this_week = today - timedelta(days=today.weekday())
    mondays = [this_week - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    since = {"gte": mondays[0]}
    answers = _by_week(Answer.objects.filter(state=Answer.State.DONE), "finished_at", since)
    helpful = _by_week(Rating.objects.filter(helpful=True), "rated_at", since)
    unhelpful = _by_week(Rating.objects.filter(helpful=False), "rated_at", since)
    corrections = Candidate.objects.filter(state=Candidate.State.ACCEPTED, public_question=None)
    accepted = _by_week(corrections, "accepted_at", since)
    return tuple(
        Week(day, answers.get(day, 0), helpful.get(day, 0), unhelpful.get(day, 0), accepted.get(day, 0))
        for day in mondays
    )


def _by_week(rows: QuerySet[Any], moment: str, since: dict[str, date]) -> dict[date, int]:
    limits = {f"{moment}__date__{look}": value for look, value in since.items()}
    found = rows.filter(**limits).annotate(week=TruncWeek(moment)).values("week").annotate(n=Count("pk"))
    return {row["week"].date(): row["n"] for row in found.order_by("week")}


def _tiers() -> tuple[TierUse, ...]:
    used = UsageRecord.objects.values("tier").annotate(
        generations=Count("pk"),
        tokens=Sum("tokens_in") + Sum("tokens_out"),
        total=Sum("cost"),
        unknown=Count("pk", filter=Q(cost_confidence="unknown")),
    )
    return tuple(
        TierUse(row["tier"], row["generations"], row["tokens"], row["total"], row["unknown"])
        for row in used.order_by("tier")
    )
