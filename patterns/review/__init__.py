"""The review queue: one place, one way in, one way out, whatever kind of thing needs a person."""

from patterns.review.claims import claim, live_claim, release
from patterns.review.decisions import decide
from patterns.review.errors import (
    AlreadyDecided,
    Claimed,
    NotAReviewer,
    NotNow,
    OpenQuestions,
    OwnWork,
    ReasonNeeded,
    ReviewError,
    Stale,
)
from patterns.review.kinds import QueueKind, kind_of, kinds, register
from patterns.review.queue import close, level, lock_open_item, open_item, waiting_items

__all__ = [
    "AlreadyDecided",
    "Claimed",
    "NotAReviewer",
    "NotNow",
    "OpenQuestions",
    "OwnWork",
    "QueueKind",
    "ReasonNeeded",
    "ReviewError",
    "Stale",
    "claim",
    "close",
    "decide",
    "kind_of",
    "kinds",
    "level",
    "live_claim",
    "lock_open_item",
    "open_item",
    "register",
    "release",
    "waiting_items",
]
