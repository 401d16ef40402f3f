"""How relations, adoptions and what a pattern suits follow it into another; collections have a module of their own."""

from typing import Any

from django.db.models import Model, Q

from patterns.enums import SYMMETRIC, ChangeKind, RelationState
from patterns.format.kinds import stands_in_target_file
from patterns.models import Adoption, LibraryChange, Pattern, Relation, Suitability
from patterns.publishing.ledger import Ledger

CONTEXT = ".json["  # in `stands_at`: a relation that stands in no pattern's file but in a list of the library


def move_relations(merged: Pattern, *, kept: Pattern) -> dict[str, Any]:
    """Let every relation of `merged` begin or end at `kept`.

    What would join `kept` to itself, and what says the same as another relation, goes. Where a file still names such
    a one it is rejected instead, since reading the file again would bring it back.
    """
    rows = _held(Relation, _ends(merged))
    there = [row for row in _held(Relation, _ends(kept)) if merged.pk not in (row.source_id, row.target_id)]
    said = {_says(row) for row in there if row.state != RelationState.REJECTED}
    ledger = Ledger()
    for row in sorted(rows, key=lambda one: (one.state != RelationState.APPROVED, one.pk)):
        ends = {f"{end}_id": kept.pk for end in ("source", "target") if getattr(row, f"{end}_id") == merged.pk}
        ledger.change(row, **ends, **({"stands_at": ""} if _stands_in(row, merged) else {}))
        if row.state == RelationState.REJECTED:
            continue
        reason = "loops" if row.source_id == row.target_id else "repeated" if _says(row) in said else ""
        if not reason:
            said.add(_says(row))
        elif row.stands_at:
            ledger.change(row, state=RelationState.REJECTED)
            ledger.count(reason)
        else:
            ledger.drop(row, reason=reason)
    ledger.save(Relation, rows)
    if rows:
        LibraryChange.objects.create(kind=ChangeKind.RELATIONS_CHANGED, pattern=kept)
    return ledger.as_json()


def move_adoptions(merged: Pattern, *, kept: Pattern) -> dict[str, Any]:
    """Lighthouses that said they use `merged` use `kept`; their own word for it stays."""
    ledger, rows = Ledger(), _held(Adoption, Q(pattern=merged))
    for row in rows:
        ledger.change(row, pattern_id=kept.pk)
    LibraryChange.objects.bulk_create(
        LibraryChange(kind=ChangeKind.RELATIONS_CHANGED, lighthouse_id=pk)
        for pk in sorted({row.lighthouse_id for row in rows})
    )
    return ledger.save(Adoption, rows).as_json()


def move_suitabilities(merged: Pattern, *, kept: Pattern) -> dict[str, Any]:
    """What `merged` suits, `kept` suits, where nothing is said of that situation yet."""
    ledger, rows = Ledger(), _held(Suitability, Q(pattern=merged))
    said = set(Suitability.objects.filter(pattern=kept).values_list("axis", "name"))
    for row in rows:
        if (row.axis, row.name) in said:
            ledger.drop(row, reason="repeated")
        else:
            said.add((row.axis, row.name))
            ledger.change(row, pattern_id=kept.pk)
    return ledger.save(Suitability, [row for row in rows if row.pk]).as_json()


def relations_of(pattern: Pattern) -> int:
    return Relation.objects.filter(_ends(pattern)).exclude(state=RelationState.REJECTED).count()


def _held(model: type[Model], which: Q) -> list[Any]:
    """Those rows, held in the order of their ids until the transaction ends."""
    return list(model.objects.select_for_update().filter(which).order_by("pk"))


def _says(row: Relation) -> tuple:
    """What two relations have in common that say the same; an end that names nothing yet says something of its own."""
    ends = (row.source_id, row.target_id)
    if None in ends:
        return ("open", row.pk)
    return (row.kind, *(sorted(ends) if row.kind in SYMMETRIC else ends))


def _stands_in(row: Relation, pattern: Pattern) -> bool:
    """Whether `row` stands in the file of `pattern`."""
    if not row.stands_at or CONTEXT in row.stands_at:
        return False
    return pattern.pk == (row.target_id if stands_in_target_file(row.stands_at) else row.source_id)


def _ends(pattern: Pattern) -> Q:
    return Q(source=pattern) | Q(target=pattern)
