"""Questions this library can really answer, made from what it holds, so that no example leads to an empty answer."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from patterns.enums import PublicationState, RelationState
from patterns.models import Relation
from patterns.queries.library import published, published_lighthouses, remembered


def examples(*, state: int) -> list[str]:
    """At most three questions, of different kinds, remembered for this state of the library."""
    return remembered("example-questions", _examples, state=state)


def _examples() -> list[str]:
    used = Count("adoptions", filter=Q(adoptions__lighthouse__state=PublicationState.PUBLISHED))
    pattern = published().exclude(summary="").annotate(uses=used).order_by("-uses", "-stars", "pk").first()
    described = Count("adoptions", filter=Q(adoptions__pattern__state=PublicationState.PUBLISHED))
    lighthouse = published_lighthouses().annotate(uses=described).filter(uses__gt=1).order_by("-uses", "pk").first()
    joined = (
        Relation.objects.filter(
            state=RelationState.APPROVED,
            kind="requires",
            source__state=PublicationState.PUBLISHED,
            target__state=PublicationState.PUBLISHED,
        )
        .exclude(source=pattern)
        .select_related("source")
        .order_by("-source__stars", "pk")
        .first()
    )
    found = []
    if pattern:
        found.append(_("What is {title}?").format(title=pattern.title))
    if lighthouse:
        found.append(_("What patterns does {title} use?").format(title=lighthouse.title))
    if joined:
        found.append(_("What does {title} require?").format(title=joined.source.title))
    return found
