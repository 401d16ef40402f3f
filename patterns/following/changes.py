"""The library's log for those who follow it: the index, the graph and the caches read every change once, in order.

Transactions commit out of the order of their ids, so a reader that went by row id alone would overtake a slow writer
and never see its rows. Readers therefore stop at the oldest transaction that is still running.
"""

from django.db import models, transaction
from django.db.models import Func, Q, QuerySet

from patterns.enums import ChangeKind
from patterns.models import Cursor, LibraryChange, Lighthouse, Pattern, Relation, Revision


class OldestRunning(Func):
    """The oldest transaction still running anywhere in the cluster: all below it are over, seen or rolled back.

    https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT
    """

    template = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    output_field = models.BigIntegerField()


def record(
    kind: ChangeKind,
    *,
    pattern: Pattern | None = None,
    lighthouse: Lighthouse | None = None,
    revision: Revision | None = None,
    relation: Relation | None = None,
) -> LibraryChange:
    """Write one line of the log; call it in the transaction that makes the change.

    A `relation` stands for the pattern at its source, or at its target when the source is not known yet.
    """
    if relation is not None and pattern is None:
        pattern = relation.source or relation.target
    return LibraryChange.objects.create(kind=kind, pattern=pattern, lighthouse=lighthouse, revision=revision)


def since(cursor_name: str, *, limit: int) -> list[LibraryChange]:
    """Return the next changes for a follower, at most `limit`, in the order of (transaction, id).

    The list may be shorter than what is committed while an older transaction runs; the rest comes later. Nothing
    moves until `advance` is called, so a follower that dies reads the same changes again.
    """
    return list(_after(cursor_name).filter(transaction__lt=OldestRunning())[:limit])


def newest(cursor_name: str) -> LibraryChange | None:
    """Return the last change a follower may read now, for those that do all their work anew whatever changed."""
    readable = _after(cursor_name).filter(transaction__lt=OldestRunning())
    return readable.order_by("-transaction", "-id").first()


def advance(cursor_name: str, *, to: LibraryChange) -> None:
    """Remember that a follower has dealt with everything up to `to`; a cursor never moves back."""
    with transaction.atomic():
        Cursor.objects.get_or_create(name=cursor_name)
        cursor = Cursor.objects.select_for_update().get(name=cursor_name)
        if (to.transaction, to.pk) > (cursor.transaction, cursor.change_id):
            cursor.transaction, cursor.change_id = to.transaction, to.pk
            cursor.save()


def behind(cursor_name: str) -> int:
    """Return how many committed changes a follower has not dealt with yet, those it may not read yet included."""
    return _after(cursor_name).count()


def _after(cursor_name: str) -> QuerySet[LibraryChange]:
    cursor = Cursor.objects.filter(name=cursor_name).first() or Cursor()
    later = Q(transaction__gt=cursor.transaction) | Q(id__gt=cursor.change_id)
    return LibraryChange.objects.filter(later, transaction__gte=cursor.transaction).order_by("transaction", "id")
