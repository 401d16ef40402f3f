"""Keep relation, adoption and suitability records in step with what files say and with the patterns there are.

Longer than most modules because what a file says and what people decided meet in one place only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from patterns.enums import ChangeKind, Provenance, RelationState
from patterns.format import Document, Reference
from patterns.format.kinds import stands_in_target_file
from patterns.models import Adoption, LibraryChange, Pattern, Relation, Suitability
from patterns.naming.names import Names, all_names
from patterns.recording.copying import copy_in


@dataclass
class Reread:
    """What re-reading a file's relations comes to, before it is written."""

    create: list[Relation] = field(default_factory=list)
    update: list[Relation] = field(default_factory=list)
    delete: list[int] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.create or self.update or self.delete)


def reread(
    pattern: Pattern,
    document: Document,
    *,
    provenance: Provenance = Provenance.IMPORTED,
    state: RelationState = RelationState.SUGGESTED,
    names: Names | None = None,
    credit: dict[str, Any] | None = None,
) -> Reread:
    """Make the relations that stand in `pattern`'s file equal to those `document` names; call in a transaction.

    New ones get `provenance` and `state`, and from `credit` who suggested and who decided on them. One that a person
    approved or rejected keeps that verdict while the file still names it, and stays, without a place in the file, when
    the file no longer does.
    """
    plan = plan_reread(
        pattern, document.references, standing_in_file([pattern])[pattern.pk], names=names or Names.load(),
        provenance=provenance, state=state, credit=credit or {},
    )  # fmt: skip
    write(plan)
    if plan.changed:
        LibraryChange.objects.create(kind=ChangeKind.RELATIONS_CHANGED, pattern=pattern)
    return plan


def plan_reread(
    pattern: Pattern,
    references: Sequence[Reference],
    standing: Iterable[Relation],
    *,
    names: Names,
    provenance: Provenance,
    state: RelationState,
    credit: Mapping[str, Any] = MappingProxyType({}),
) -> Reread:
    """Compare what a file names with the relations that stand in it.

    What was rejected stays so when a file takes it out and names it again, in whatever words. What a merge left at the
    pattern that became part of another stays there, though its name means the other now.
    """
    plan = Reread()
    known: dict[tuple, list[Relation]] = defaultdict(list)
    rejected: dict[tuple, Relation] = {}
    # Of two with one name the one that stands in the file is meant, not one that came by another way.
    for relation in sorted(standing, key=lambda one: not one.stands_at):
        if relation.state == RelationState.REJECTED and not relation.stands_at:
            rejected[relation.kind, relation.source_id, relation.target_id] = relation
        if not relation.stands_at and relation.source_id != pattern.pk:
            continue
        inverse = stands_in_target_file(relation.stands_at)
        named = relation.source_ref if inverse else relation.target_ref
        known[relation.kind, inverse, named.casefold()].append(relation)
    own = (pattern.file_slug or pattern.slug)[:300]
    for reference in references:
        other = names.find(reference.names, library_id=pattern.library_id)
        ends = [(pattern.pk, own), (other, reference.names[0])]
        source, target = reversed(ends) if reference.inverse else ends
        found = known.get((reference.kind, reference.inverse, reference.names[0].casefold()))
        dropped_before = rejected.pop((reference.kind, source[0], target[0]), None)
        relation = (found.pop(0) if found else dropped_before) or Relation(provenance=provenance, state=state, **credit)
        ends = [(pattern.pk, own), (_left(relation, reference, names, other), reference.names[0])]
        source, target = reversed(ends) if reference.inverse else ends
        if relation.pk and relation.provenance == provenance and relation.state == RelationState.SUGGESTED:
            relation.state = state
        before = _said(relation)
        relation.library_id, relation.kind = pattern.library_id, reference.kind
        (relation.source_id, relation.source_ref), (relation.target_id, relation.target_ref) = source, target
        if reference.description or not relation.suggested_by_id:
            relation.weight, relation.evidence = reference.weight, reference.description
        relation.stands_at, relation.raw = reference.stands_at, reference.raw
        if relation.pk is None:
            plan.create.append(relation)
        elif _said(relation) != before:
            plan.update.append(relation)
    for relation in (one for rest in known.values() for one in rest if one.stands_at):
        if relation.state == RelationState.SUGGESTED or _approved_by_its_file(relation):
            plan.delete.append(relation.pk)
        else:
            relation.stands_at = ""
            plan.update.append(relation)
    return plan


def _left(relation: Relation, reference: Reference, names: Names, other: int | None) -> int | None:
    """The pattern a relation goes on naming: where a merge left it there, the one that is part of `other` now."""
    there = relation.source_id if reference.inverse else relation.target_id
    return there if there is not None and names.stands_for.get(there, there) == other else other


def write(plan: Reread) -> None:
    """Write what `plan_reread` found, in at most three statements a batch."""
    if plan.delete:
        Relation.objects.filter(pk__in=plan.delete).delete()
    copy_in(plan.create)
    if plan.update:
        Relation.objects.bulk_update(plan.update, _WRITTEN, batch_size=200)


def standing_in_file(patterns: Sequence[Pattern]) -> dict[int, list[Relation]]:
    """Return, by pattern id, the relations that its file names, those added to it on this site, and, at both ends, what
    was rejected and stands in no file any more."""
    ids = {pattern.pk for pattern in patterns}
    by_pattern: dict[int, list[Relation]] = {pk: [] for pk in ids}
    for relation in Relation.objects.filter(Q(source__in=ids) | Q(target__in=ids)).order_by("pk"):
        if ".json[" in relation.stands_at:
            continue
        owner = relation.target_id if stands_in_target_file(relation.stands_at) else relation.source_id
        owners = {owner}
        if relation.state == RelationState.REJECTED and not relation.stands_at:
            owners = {relation.source_id, relation.target_id}
        for pk in owners & by_pattern.keys():
            by_pattern[pk].append(relation)
    return by_pattern


def resolve(patterns: Iterable[Pattern]) -> int:
    """Let references that named nothing find `patterns`, newly published or renamed; return how many did."""
    wanted = {name.casefold() for pattern in patterns for _, name in all_names(pattern) if name}
    if not wanted:
        return 0
    return resolve_waiting(wanted=wanted)


def resolve_waiting(*, names: Names | None = None, wanted: set[str] | None = None) -> int:
    """Give every unresolved relation, adoption and suitability the pattern it names, where there is one now.

    `wanted` (casefolded names) narrows the search to references that could mean those.
    """
    names = names or Names.load()
    found = 0
    with transaction.atomic():
        for model, library, ends in _WAITING:
            for reference, pattern in ends:
                found += _resolve_end(model, library, reference, pattern, names=names, wanted=wanted)
    return found


def _resolve_end(model, library: str, reference: str, pattern: str, *, names: Names, wanted: set[str] | None) -> int:
    waiting = model.objects.filter(**{pattern: None}).order_by("pk")
    if wanted is not None:
        named = Q(lowered__in=wanted)
        if model is Relation:
            named |= Q(raw__id__in=wanted) | Q(raw__slug__in=wanted)
        waiting = waiting.annotate(lowered=Lower(reference)).filter(named)
    rows = []
    for row in waiting.select_related("lighthouse") if model is Adoption else waiting:
        library_id = row.lighthouse.library_id if model is Adoption else getattr(row, library)
        texts = [getattr(row, reference)]
        if isinstance(raw := getattr(row, "raw", None), dict):
            texts += [str(raw[key]) for key in ("id", "slug", "title") if raw.get(key)]
        if found := names.find(texts, library_id=library_id):
            setattr(row, f"{pattern}_id", found)
            rows.append(row)
    model.objects.bulk_update(rows, [pattern], batch_size=500)
    _log(rows)
    return len(rows)


def _log(rows: Sequence) -> None:
    """Tell the followers whose relations changed."""
    patterns = {row.source_id or row.target_id for row in rows if isinstance(row, Relation)}
    lighthouses = {row.lighthouse_id for row in rows if isinstance(row, Adoption)}
    changes = [LibraryChange(kind=ChangeKind.RELATIONS_CHANGED, pattern_id=pk) for pk in sorted(patterns)]
    changes += [LibraryChange(kind=ChangeKind.RELATIONS_CHANGED, lighthouse_id=pk) for pk in sorted(lighthouses)]
    copy_in(changes)


def _approved_by_its_file(relation: Relation) -> bool:
    return relation.provenance == Provenance.CURATED and relation.state == RelationState.APPROVED


def _said(relation: Relation) -> tuple:
    return tuple(getattr(relation, f"{name}_id" if name in {"source", "target"} else name) for name in _WRITTEN)


_WRITTEN = [
    "kind", "source", "source_ref", "target", "target_ref", "weight", "evidence", "stands_at", "raw", "state",
]  # fmt: skip
_WAITING = (
    (Relation, "library_id", (("target_ref", "target"), ("source_ref", "source"))),
    (Adoption, "", (("reference", "pattern"),)),
    (Suitability, "library_id", (("pattern_ref", "pattern"),)),
)
