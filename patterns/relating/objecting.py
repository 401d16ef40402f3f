"""Which relations one can object to; what an objection proposes is worked out in `drafting` and kept in `keeping`."""

from django.db.models import Q

from patterns.enums import RelationState
from patterns.models import Pattern, Relation


def standing_relation(pattern: Pattern, pk: int) -> Relation | None:
    """Return the relation of `pattern` that has this id, if it joins two patterns and was not rejected. One query."""
    rows = Relation.objects.filter(Q(source=pattern) | Q(target=pattern), source__isnull=False, target__isnull=False)
    return rows.exclude(state=RelationState.REJECTED).select_related("source", "target").filter(pk=pk).first()
