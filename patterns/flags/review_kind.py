"""Flagged things in the one review queue: what was said against them, and the form that decides."""

from typing import Any

from django.utils.translation import gettext_lazy

from patterns.enums import Decision
from patterns.flags.deciding import BAN_DAYS, carry_out, outcomes_for
from patterns.flags.flagging import KIND
from patterns.flags.targets import target_of
from patterns.models import FlagCase, ReviewItem, User
from patterns.people import bans
from patterns.review.kinds import QueueKind, register


def describe(item: ReviewItem) -> dict[str, Any]:
    """The context of `moderation/_review_flag.html`. Three queries."""
    case = FlagCase.objects.select_related("author", "decided_by").get(pk=item.object_id)
    flags = list(case.flags.select_related("by"))
    target = target_of(case.kind)
    return {
        "case": case,
        "flags": flags,
        "thing": target.label if target else case.kind,
        "ban_days": BAN_DAYS,
        "banned": bans.refusal(case.author),
    }


def choices(item: ReviewItem, reviewer: User) -> list[tuple[str, str]]:
    """What this reviewer may decide. One query."""
    return outcomes_for(FlagCase.objects.select_related("author").get(pk=item.object_id), reviewer=reviewer)


def register_flags() -> None:
    register(
        QueueKind(
            name=KIND,
            label=gettext_lazy("flagged by readers"),
            template="moderation/_review_flag.html",
            decide=carry_out,
            describe=describe,
            decisions=(Decision.ACCEPT, Decision.DECLINE),
            own_form=True,
            choices=choices,
        )
    )
