"""How relations, adoptions and what a pattern suits follow it into another; collections have a module of their own."""

from collections import defaultdict
from typing import Any, Final

from django.db.models import Model, Q

from patterns.enums import SYMMETRIC, ChangeKind, RelationState
from patterns.format.kinds import stands_in_target_file
from patterns.models import Adoption, LibraryChange, Pattern, Relation, Suitability
from patterns.publishing.ledger import Ledger

_ENDS: Final = ("source_id", "target_id")
_ORDER: Final = {RelationState.APPROVED: 0, RelationState.SUGGESTED: 1, RelationState.REJECTED: 2}
CONTEXT = ".json["  # in `stands_at`: a relation that stands in no pattern's file but in a list of the library


def move_relations(merged: Pattern, *, kept: Pattern) -> dict[str, Any]:
    """Let every relation of `merged` begin or end at `kept`, but for what would say nothing new there.

    That stays where it is, at a pattern that is taken out and so in no reader's sight: what would join `kept` to
    itself, what is said there already, and what people rejected there. No row goes and no state changes, so that what
    people decided, who did, and what an answer cites stay as they were, and taking back finds them.
    """
    rows = [row for row in _relations(merged) if not _rests(row, but_for=merged)]
    said = _said_at(kept, but_for=merged)
    ledger = Ledger()
    for row in sorted(rows, key=lambda one: (_ORDER[RelationState(one.state)], one.pk)):
        ends = {end: kept.pk if getattr(row, end) == merged.pk else getattr(row, end) for end in _ENDS}
        statement = _says(row, **ends)
        if reason := _nothing_new(row, ends, said[statement]):
            ledger.count(reason)
            continue
        if row.state == RelationState.APPROVED and RelationState.REJECTED in said[statement]:
            ledger.count("disputed")
        if row.state != RelationState.REJECTED:
            said[statement].add(row.state)
        ledger.change(row, **ends, **({"stands_at": ""} if _stands_in(row, merged) else {}))
    ledger.save(Relation, rows)
    if rows:
        LibraryChange.objects.create(kind=ChangeKind.RELATIONS_CHANGED, pattern=kept)
    return ledger.as_json()


def _nothing_new(row: Relation, ends: dict[str, int | None], said: set[str]) -> str:
    """Why a relation stays with the pattern that goes; empty where it says something that counts.

    An approved one counts beside a suggested or a rejected one that says the same: people decided that too.
    """
    if ends["source_id"] == ends["target_id"] is not None:
        return "loops"
    if not said or (row.state == RelationState.APPROVED and RelationState.APPROVED not in said):
        return ""
    return "rejected" if said == {RelationState.REJECTED} else "repeated"


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


def _relations(pattern: Pattern) -> list[Relation]:
    """The relations of `pattern`, held, with the patterns at their ends."""
    _held(Relation, _ends(pattern))
    return list(Relation.objects.filter(_ends(pattern)).select_related("source", "target").order_by("pk"))


def _rests(row: Relation, *, but_for: Pattern) -> bool:
    """Whether an earlier merge left the relation where it is: an end is part of another pattern."""
    ends = (row.source, row.target)
    return any(end is not None and end.pk != but_for.pk and end.merged_into_id is not None for end in ends)


def _said_at(kept: Pattern, *, but_for: Pattern) -> dict[tuple, set[str]]:
    """The states of what is said of `kept` already, by what it says."""
    said: dict[tuple, set[str]] = defaultdict(set)
    for row in _held(Relation, _ends(kept)):
        if but_for.pk not in (row.source_id, row.target_id):
            said[_says(row, row.source_id, row.target_id)].add(row.state)
    return said


def _says(row: Relation, source_id: int | None, target_id: int | None) -> tuple:
    """What two relations have in common that say the same; an end that names nothing yet says something of its own."""
    ends = (source_id, target_id)
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
