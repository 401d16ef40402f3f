"""The library's records. Nothing here decides; verbs live in the modules beside this package."""

from patterns.models.change import Cursor, LibraryChange
from patterns.models.collection import Collection, CollectionItem, CollectionShare
from patterns.models.library import Library, SourceFile
from patterns.models.pattern import MovedSlug, Pattern, Rendering, Revision
from patterns.models.relation import Adoption, Lighthouse, Relation, Suitability
from patterns.models.review import Claim, Review, ReviewItem, Submission, SubmissionEvent
from patterns.models.reviewing import Comment, Desk, SavedReason, Sending
from patterns.people.models import AuditEntry, KeptMail, SignInLink, User

__all__ = [
    "Adoption",
    "AuditEntry",
    "Claim",
    "Collection",
    "CollectionItem",
    "CollectionShare",
    "Comment",
    "Cursor",
    "Desk",
    "KeptMail",
    "Library",
    "LibraryChange",
    "Lighthouse",
    "MovedSlug",
    "Pattern",
    "Relation",
    "Rendering",
    "Review",
    "ReviewItem",
    "Revision",
    "SavedReason",
    "Sending",
    "SignInLink",
    "SourceFile",
    "Submission",
    "SubmissionEvent",
    "Suitability",
    "User",
]
