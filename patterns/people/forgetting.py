"""Take what a person wrote out of places that outlive it: the titles of queue items, and the names in the audit log.

The log is append-only; that it forgets what something was called is the one change the database lets through.
"""

from collections.abc import Iterable

from patterns.models import AuditEntry, ReviewItem


def forget_names(target_type: str, ids: Iterable[int]) -> None:
    """Let the log's lines about these records no longer say what they were called."""
    AuditEntry.objects.filter(target_type=target_type, target_id__in=[str(pk) for pk in ids]).update(target_name="")


def forget_titles(kind: str, object_ids: Iterable[int], *, instead: str) -> None:
    """Let the queue's items of these records, and the log's lines about them, no longer tell their titles."""
    items = ReviewItem.objects.filter(kind=kind, object_id__in=list(object_ids))
    forget_names("reviewitem", items.values_list("pk", flat=True))
    items.update(title=instead, reasons=[])
