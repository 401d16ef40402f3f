"""Lets only what a visitor may read reach an answer: current revisions of published patterns and lighthouses."""

from collections.abc import Sequence

from django.db.models import F, Q

from inference.types import Evidence
from patterns.enums import PublicationState
from patterns.models import Revision


def authorised(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence whose revision is current and published, in its order. One query."""
    published = Q(pattern__state=PublicationState.PUBLISHED, pattern__current_id=F("pk")) | Q(
        lighthouse__state=PublicationState.PUBLISHED, lighthouse__current_id=F("pk")
    )
    wanted = {one.revision_id for one in evidence}
    readable = set(Revision.objects.filter(published, pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    return tuple(one for one in evidence if one.revision_id in readable)
