"""The review queue: one place, one way in, one way out, whatever kind of thing needs a person."""

from patterns.review.claims import claim, held_by, live_claim, live_claims, release, release_all
from patterns.review.decisions import decide
from patterns.review.errors import (
    AlreadyDecided,
    Claimed,
    NotACurator,
    NotAReviewer,
    NotNow,
    OpenQuestions,
    OwnWork,
    ReasonNeeded,
    ReviewError,
    Stale,
    TooManyHeld,
)
from patterns.review.kinds import QueueKind, kind_of, kinds, register
from patterns.review.priority import Signs, level, words
from patterns.review.queue import close, hand_back, lock_open_item, open_item, waiting_items

__all__ = [
    "AlreadyDecided",
    "Claimed",
    "NotACurator",
    "NotAReviewer",
    "NotNow",
    "OpenQuestions",
    "OwnWork",
    "QueueKind",
    "ReasonNeeded",
    "ReviewError",
    "Signs",
    "Stale",
    "TooManyHeld",
    "claim",
    "close",
    "decide",
    "hand_back",
    "held_by",
    "kind_of",
    "kinds",
    "level",
    "live_claim",
    "live_claims",
    "lock_open_item",
    "open_item",
    "register",
    "release",
    "release_all",
    "waiting_items",
    "words",
]
