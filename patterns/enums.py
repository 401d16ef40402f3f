"""The words the library's records are described with, in one place so that every room says the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LibraryOrigin(models.TextChoices):
    STARTER = "starter", _("starter library")
    IMPORTED = "imported", _("imported")
    SITE = "site", _("written on this site")


class PublicationState(models.TextChoices):
    PUBLISHED = "published", _("published")
    RETIRED = "retired", _("retired")


class Tier(models.TextChoices):
    BRONZE = "bronze", _("bronze: contributed")
    SILVER = "silver", _("silver: reviewed by another person")
    GOLD = "gold", _("gold: confirmed by evidence from a lighthouse")


class RelationKind(models.TextChoices):
    ENABLES = "enables", _("enables")
    REQUIRES = "requires", _("requires")
    TENSIONS_WITH = "tensions_with", _("in tension with")
    SPECIALIZES = "specializes", _("specialises")
    ALTERNATIVE_TO = "alternative_to", _("alternative to")
    COMPLEMENTS = "complements", _("complements")
    TOOL_FOR = "tool_for", _("tool for")
    RELATED = "related", _("related to")


SYMMETRIC = frozenset(
    {RelationKind.TENSIONS_WITH, RelationKind.ALTERNATIVE_TO, RelationKind.COMPLEMENTS, RelationKind.RELATED}
)


class Provenance(models.TextChoices):
    CURATED = "curated", _("curated")
    REVIEWED = "reviewed", _("reviewed")
    IMPORTED = "imported", _("imported")
    INFERRED = "inferred", _("inferred by a machine")


class RelationState(models.TextChoices):
    SUGGESTED = "suggested", _("suggested, not reviewed")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")


class SuitabilityAxis(models.TextChoices):
    ARCHETYPE = "archetype", _("archetype")
    STAGE = "stage", _("stage")
    SECTOR = "sector", _("sector")


class SubmissionKind(models.TextChoices):
    NEW_PATTERN = "new_pattern", _("new pattern")
    EDIT = "edit", _("edit of a pattern")
    RELATION = "relation", _("relation")
    LIGHTHOUSE = "lighthouse", _("lighthouse")
    CORRECTION = "correction", _("correction of an answer")


class SubmissionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    IN_REVIEW = "in_review", _("in review")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    RESUBMITTED = "resubmitted", _("resubmitted")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Decision(models.TextChoices):
    ACCEPT = "accept", _("accept")
    DECLINE = "decline", _("decline")
    REQUEST_CHANGES = "request_changes", _("request changes")


class ChangeKind(models.TextChoices):
    PATTERN_PUBLISHED = "pattern_published", _("pattern published")
    PATTERN_RETIRED = "pattern_retired", _("pattern retired")
    LIGHTHOUSE_PUBLISHED = "lighthouse_published", _("lighthouse published")
    LIGHTHOUSE_RETIRED = "lighthouse_retired", _("lighthouse retired")
    RELATIONS_CHANGED = "relations_changed", _("relations changed")


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("contributor")
    REVIEWER = "reviewer", _("reviewer")
    CURATOR = "curator", _("curator")
    ADMIN = "admin", _("admin")
