"""What a reviewer, curator or moderator said and did, and what was said of somebody: flags, bans, comments, batches."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from patterns.flags import forget_words
from patterns.models import (
    Ban,
    BlockRule,
    BulkAct,
    Comment,
    Desk,
    Flag,
    FlagCase,
    PatternMerge,
    Relation,
    RelationBatch,
    RelationDecision,
    Retirement,
    SavedReason,
    SavedView,
    TierConfirmation,
)
from patterns.people.held.rows import delete, rows
from patterns.people.holdings import keep, register
from patterns.people.models import User

STAYS = _("stays, without your name: each decision needs a person who made it")


def register_holdings() -> None:
    register(
        "comments", export=rows(Comment, "author", "submission_id", "quote", "text", "at", "deleted_at"), erase=keep,
        title=_("What you said in reviews"),
        fate=_("stays, without your name, for whoever it was said to; with a text that is deleted it goes"),
        covers=("patterns.Comment.author", "patterns.Comment.resolved_by"),
    )  # fmt: skip
    register(
        "reviewing", export=_reviewing, erase=_erase_reviewing,
        title=_("Your lists, your ready-made reasons and what you had not sent"), fate=_("deleted"),
        covers=("patterns.SavedView.owner", "patterns.SavedReason.reviewer", "patterns.Desk.reviewer"),
    )  # fmt: skip
    register(
        "decided_together", export=rows(BulkAct, "actor", "kind", "reason", "query", "at"), erase=keep,
        title=_("What you decided many at a time"), fate=STAYS, covers=("patterns.BulkAct.actor",),
    )  # fmt: skip
    register(
        "relations", export=_relations, erase=keep, title=_("Relations you suggested or decided on"), fate=STAYS,
        covers=(
            "patterns.Relation.suggested_by", "patterns.Relation.decided_by", "patterns.RelationBatch.reviewer",
            "patterns.RelationDecision.before_by",
        ),
    )  # fmt: skip
    register(
        "curating", export=_curating, erase=keep, title=_("What you did to keep the library in order"), fate=STAYS,
        covers=(
            "patterns.Retirement.actor", "patterns.PatternMerge.actor", "patterns.TierConfirmation.confirmed_by",
        ),
    )  # fmt: skip
    register(
        "flags", export=rows(Flag, "by", "case__title", "reason", "words", "at"),
        erase=forget_words,
        title=_("What you flagged"), fate=_("your words are deleted; that somebody flagged it stays"),
        covers=("patterns.Flag.by", "patterns.FlagCase.author", "patterns.FlagCase.decided_by"),
    )  # fmt: skip
    register(
        "bans", export=_bans, erase=keep, title=_("Bans and rules: those about you, and those you made"), fate=STAYS,
        covers=(
            "patterns.Ban.user", "patterns.Ban.proposed_by", "patterns.Ban.by", "patterns.Ban.ended_by",
            "patterns.BlockRule.added_by", "patterns.BlockRule.removed_by",
        ),
    )  # fmt: skip


def _reviewing(user: User) -> list[dict[str, Any]]:
    return [
        *rows(SavedView, "owner", "name", "query", "created_at")(user),
        *rows(SavedReason, "reviewer", "text", "changed_at")(user),
        *rows(Desk, "reviewer", "item_id", "reason", "draft", "changed_at")(user),
    ]


def _erase_reviewing(user: User) -> None:
    for model, column in ((SavedView, "owner"), (SavedReason, "reviewer"), (Desk, "reviewer")):
        delete(model, column)(user)


def _relations(user: User) -> list[dict[str, Any]]:
    ends = ("source__title", "kind", "target__title", "evidence", "state", "created_at")
    return [
        *rows(Relation, "suggested_by", *ends)(user),
        *rows(RelationBatch, "reviewer", "act", "reason", "chosen", "count", "at")(user),
        *rows(RelationDecision, "before_by", "relation_id", "before_state", "before_at")(user),
    ]


def _curating(user: User) -> list[dict[str, Any]]:
    return [
        *rows(Retirement, "actor", "pattern__title", "lighthouse__title", "reason", "at")(user),
        *rows(PatternMerge, "actor", "merged__title", "kept__title", "reason", "at")(user),
        *rows(TierConfirmation, "confirmed_by", "pattern__title", "tier", "ground", "at")(user),
    ]


def _bans(user: User) -> list[dict[str, Any]]:
    said = ("state", "reason", "until", "answer", "made_at", "ended_at")
    return [
        *rows(Ban, "user", *said)(user),
        *rows(Ban, "by", *said)(user),
        *rows(Ban, "proposed_by", *said)(user),
        *rows(BlockRule, "added_by", "kind", "value", "reason", "added_at")(user),
        *rows(FlagCase, "decided_by", "title", "outcome", "answer", "decided_at")(user),
    ]
