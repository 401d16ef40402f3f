"""The library's records. Nothing here decides; verbs live in the modules beside this package."""

from patterns.models.change import Cursor, LibraryChange
from patterns.models.collection import Collection, CollectionItem, CollectionShare
from patterns.models.library import Library, SourceFile
from patterns.models.notice import Notice, NoticeSettings
from patterns.models.pattern import MovedLighthouse, MovedSlug, Pattern, Rendering, Revision
from patterns.models.publication import PatternMerge, Retirement, TierConfirmation
from patterns.models.queue import BulkAct, BulkOutcome, SavedView
from patterns.models.relating import RelationBatch, RelationDecision, RelationDoubt
from patterns.models.relation import Adoption, Lighthouse, Relation, Suitability
from patterns.models.review import Claim, Review, ReviewItem, Submission, SubmissionEvent
from patterns.models.reviewing import Comment, Desk, SavedReason, Sending
from patterns.models.safety import Ban, BlockRule, Flag, FlagCase
from patterns.people.models import AuditEntry, PersonSession, SignInLink, User

__all__ = [
    "Adoption",
    "AuditEntry",
    "Ban",
    "BlockRule",
    "BulkAct",
    "BulkOutcome",
    "Claim",
    "Collection",
    "CollectionItem",
    "CollectionShare",
    "Comment",
    "Cursor",
    "Desk",
    "Flag",
    "FlagCase",
    "Library",
    "LibraryChange",
    "Lighthouse",
    "MovedLighthouse",
    "MovedSlug",
    "Notice",
    "NoticeSettings",
    "Pattern",
    "PatternMerge",
    "PersonSession",
    "Relation",
    "RelationBatch",
    "RelationDecision",
    "RelationDoubt",
    "Rendering",
    "Retirement",
    "Review",
    "ReviewItem",
    "Revision",
    "SavedReason",
    "SavedView",
    "Sending",
    "SignInLink",
    "SourceFile",
    "Submission",
    "SubmissionEvent",
    "Suitability",
    "TierConfirmation",
    "User",
]
