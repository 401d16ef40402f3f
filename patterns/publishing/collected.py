"""How the places of a pattern in people's collections follow it into another. No note is lost, no place is doubled."""

from typing import Any

from django.db.models import F, Max
from django.utils import timezone

from patterns.collections.collecting import MOST_ITEMS
from patterns.models import Collection, CollectionItem, Pattern
from patterns.publishing.ledger import Ledger, undo


def standing_items(pattern: Pattern) -> int:
    return CollectionItem.objects.filter(pattern=pattern, position__isnull=False).count()


def move_items(merged: Pattern, *, kept: Pattern) -> dict[str, Any]:
    """Collections that hold `merged` hold `kept` in its place. Where both stand, one goes, and its note to the other.

    The rows of the collections are held first, as everybody does who changes one.
    """
    ledger, taken_out = Ledger(), []
    holding = CollectionItem.objects.filter(pattern=merged).values("collection")
    collections = [one.pk for one in Collection.objects.select_for_update().filter(pk__in=holding).order_by("pk")]
    items = CollectionItem.objects.filter(collection__in=collections)
    rows = list(items.filter(pattern=merged).order_by("pk"))
    both = {one.collection_id: one for one in items.filter(pattern=kept)}
    for row in rows:
        other = both.get(row.collection_id)
        if other is None:
            ledger.change(row, pattern_id=kept.pk)
        elif row.position is None:
            continue  # it was taken out before; the kept one is there
        elif other.position is None:
            note = _joined(row.note, other.note)
            ledger.drop(other, reason="repeated")
            ledger.change(row, pattern_id=kept.pk, note=note)
        else:
            ledger.change(other, note=_joined(other.note, row.note))
            other.save(update_fields=["note"])
            ledger.count("repeated")
            taken_out.append(row.pk)
            _take_out(row)
    ledger.save(CollectionItem, [row for row in rows if row.pk not in taken_out])
    return ledger.as_json(taken_out=taken_out)


def return_items(record: dict[str, Any]) -> tuple[int, int]:
    """Give collections back what they held, at the place it had; a note somebody rewrote since stays as it is."""
    ids = record.get("taken_out", [])
    changed = [one["id"] for one in record["changed"]]
    holding = CollectionItem.objects.filter(pk__in=[*ids, *changed]).values("collection")
    list(Collection.objects.select_for_update().filter(pk__in=holding).order_by("pk"))
    back, stayed = undo(CollectionItem, record)
    for row in CollectionItem.objects.filter(pk__in=ids, position=None).order_by("pk"):
        if _put_back(row):
            back += 1
        else:
            stayed += 1
    return back, stayed


def _joined(first: str, second: str) -> str:
    return "\n\n".join(dict.fromkeys(note for note in (first, second) if note.strip()))


def _take_out(row: CollectionItem) -> None:
    row.stood_at, row.position, row.removed_at = row.position, None, timezone.now()
    row.save(update_fields=["position", "stood_at", "removed_at"])
    later = CollectionItem.objects.filter(collection=row.collection_id, position__gt=row.stood_at)
    later.update(position=F("position") - 1)


def _put_back(row: CollectionItem) -> bool:
    items = CollectionItem.objects.filter(collection=row.collection_id)
    last = items.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST_ITEMS:
        return False
    position = min(row.stood_at or last + 1, last + 1)
    items.filter(position__gte=position).update(position=F("position") + 1)
    row.position, row.stood_at, row.removed_at = position, None, None
    row.save(update_fields=["position", "stood_at", "removed_at"])
    return True
