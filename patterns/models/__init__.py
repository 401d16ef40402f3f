"""The library's records. Nothing here decides; verbs live in the modules beside this package."""

from patterns.models.change import Cursor, LibraryChange
from patterns.models.collection import Collection, CollectionItem, CollectionShare
from patterns.models.library import Library, SourceFile
from patterns.models.pattern import MovedSlug, Pattern, Rendering, Revision
from patterns.models.relation import Adoption, Lighthouse, Relation, Suitability
from patterns.models.review import Claim, Review, ReviewItem, Submission, SubmissionEvent
from patterns.people.models import AuditEntry, KeptMail, PersonSession, SignInLink, User

__all__ = [
    "Adoption",
    "AuditEntry",
    "Claim",
    "Collection",
    "CollectionItem",
    "CollectionShare",
    "Cursor",
    "KeptMail",
    "Library",
    "LibraryChange",
    "Lighthouse",
    "MovedSlug",
    "Pattern",
    "PersonSession",
    "Relation",
    "Rendering",
    "Review",
    "ReviewItem",
    "Revision",
    "SignInLink",
    "SourceFile",
    "Submission",
    "SubmissionEvent",
    "Suitability",
    "User",
]
