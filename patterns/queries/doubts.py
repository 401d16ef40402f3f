"""Why suggested relations are doubted, as readers are told: a code that stays the same, and a sentence in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from patterns.doubting.edges import DoubtKind
from patterns.doubting.plainly import place, sentence
from patterns.models import RelationDoubt


@dataclass(frozen=True, slots=True)
class Told:
    """One doubt about one relation; `code` is a `DoubtKind`."""

    code: str
    words: str


def told(relations: Iterable[int]) -> dict[int, tuple[Told, ...]]:
    """Return the doubts about those relations, the plainest first. One query; none where nothing is asked."""
    wanted = {pk for pk in relations if pk}
    if not wanted:
        return {}
    found: dict[int, list[Told]] = {}
    rows = _doubts().filter(relation__in=wanted).values_list("relation_id", "kind", "facts")
    for relation, kind, facts in rows.order_by("pk"):
        found.setdefault(relation, []).append(Told(kind, sentence(kind, facts)))
    return {pk: tuple(sorted(doubts, key=lambda one: place(one.code))) for pk, doubts in found.items()}


def is_doubted() -> Exists:
    """Say of a relation in a query whether something speaks against it."""
    return Exists(_doubts().filter(relation=OuterRef("pk")))


def _doubts():
    return RelationDoubt.objects.exclude(kind=DoubtKind.NONE)
