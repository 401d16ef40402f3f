"""One act on many items: what would happen is said first, each is dealt with on its own, and its outcome is kept."""

from patterns.review.bulk.doing import BulkError, Changed, TooMany, carry_out, undo, undoable
from patterns.review.bulk.planning import MOST, Chosen, Plan, Planned, chosen_of, fingerprint, plan

__all__ = [
    "MOST",
    "BulkError",
    "Changed",
    "Chosen",
    "Plan",
    "Planned",
    "TooMany",
    "carry_out",
    "chosen_of",
    "fingerprint",
    "plan",
    "undo",
    "undoable",
]
