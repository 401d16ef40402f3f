"""Which patterns one can choose to explore, by what was typed, and where to begin."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Q

from patterns.enums import PublicationState, RelationState
from patterns.exploring.matching import Entry, Meant, meant
from patterns.models import MovedSlug, Pattern, Relation
from patterns.queries.library import published
from patterns.queries.reading import Moved, stands_for

STARTS: Final = 12


def pattern_meant(typed: str) -> Meant:
    """Return the published pattern that `typed` names, or the nearest to choose from. One query, none for nothing."""
    if not typed.strip():
        return Meant(None, ())
    rows = published().order_by("title", "pk").values_list("slug", "title", "aliases")
    return meant(typed, (Entry(slug, title, tuple(aliases)) for slug, title, aliases in rows.iterator()))


def pattern_at(slug: str) -> Pattern | Moved | None:
    """Return the pattern at `slug` without its text, retired ones too, or where it went. One query if found."""
    found = (
        Pattern.objects.only("slug", "title", "state", "merged_into").filter(slug=slug, current__isnull=False).first()
    )
    if found is None:
        moved = MovedSlug.objects.select_related("pattern").filter(slug=slug).first()
        return Moved(slug=stands_for(moved.pattern).slug) if moved else None
    return found if found.merged_into_id is None else Moved(slug=stands_for(found).slug)


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many relations of a kind people approved, and how many are only suggested."""

    kind: str
    approved: int
    suggested: int


def kinds() -> list[KindCount]:
    """Return the kinds of relations between published patterns, the most frequent first. One query."""
    approved = Count("pk", filter=Q(state=RelationState.APPROVED))
    suggested = Count("pk", filter=Q(state=RelationState.SUGGESTED))
    rows = _live().values_list("kind").annotate(approved=approved, suggested=suggested)
    return [KindCount(*row) for row in sorted(rows, key=lambda row: (-row[1], -row[2], row[0])) if row[1] or row[2]]


def well_joined() -> list[tuple[str, str, int]]:
    """Return patterns with many approved relations, as good places to begin: slug, title, how many. One query."""
    rows = (
        published()
        .annotate(
            joined=Count("relations_out", filter=Q(relations_out__state=RelationState.APPROVED), distinct=True)
            + Count("relations_in", filter=Q(relations_in__state=RelationState.APPROVED), distinct=True)
        )
        .filter(joined__gt=0)
        .order_by("-joined", "title")
    )
    return list(rows.values_list("slug", "title", "joined")[:STARTS])


def _live():
    live = {"source__state": PublicationState.PUBLISHED, "target__state": PublicationState.PUBLISHED}
    return Relation.objects.filter(**live).exclude(source=F("target"))
