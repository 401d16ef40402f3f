"""A pattern's relations in words, what people approved apart from what nobody has reviewed, and their picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from patterns.drawing.fan import MOST, Spoke, fan
from patterns.drawing.picture import Picture
from patterns.enums import PublicationState, RelationState
from patterns.exploring.mixing import mixed
from patterns.models import Pattern, Relation, User
from patterns.queries.doubts import is_doubted
from patterns.queries.relation_groups import Neighbour, Related, related, with_doubts
from patterns.queries.relation_words import goes_both_ways, place

SHOWN: Final = 12
EVERYTHING: Final = 300  # on the page of a pattern; the explorer has the rest by pages


class _Row(NamedTuple):
    pk: int
    kind: str
    state: str
    weight: float | None
    evidence: str
    source_id: int
    source_slug: str
    source_title: str
    target_slug: str
    target_title: str
    author: int | None
    author_name: str | None
    author_id: UUID | None
    doubted: bool


@dataclass(frozen=True, slots=True)
class Relations:
    """Approved relations of the pattern at `slug`, and suggested ones, which are no facts; `picture` shows a few.

    What something speaks against is not among the suggested but `doubted`, with the reasons.
    """

    slug: str
    approved: Related
    suggested: Related
    doubted: Related
    picture: Picture
    patterns: int

    @property
    def total(self) -> int:
        return self.approved.total + self.waiting

    @property
    def waiting(self) -> int:
        return self.suggested.total + self.doubted.total


def relations_in_words(pattern: Pattern, *, everything: bool = False) -> Relations:
    """Return both kinds of relations of `pattern`, at most `SHOWN` neighbours each unless `everything`. One query,
    and one for what is in doubt.

    Left out: rejected relations, those that join a pattern to itself, and those to what is not published here.
    """
    found = neighbours(pattern)
    most = EVERYTHING if everything else SHOWN
    return Relations(
        slug=pattern.slug,
        approved=related([one for one in found if not one.suggested], most=most),
        suggested=related([one for one in found if one.suggested and not one.doubted], most=most),
        doubted=with_doubts(related([one for one in found if one.doubted], most=most)),
        picture=neighbourhood(found),
        patterns=len({one.slug for one in found}),
    )


def neighbours(pattern: Pattern) -> list[Neighbour]:
    """Return everyone `pattern` is joined to, approved before suggested, and those before what is in doubt;
    weightier first. One query.

    What was said before, by whatever file, is not said again.
    """
    found: dict[tuple[str, bool, str], Neighbour] = {}
    for row in sorted(relation_rows(pattern), key=lambda row: (row.state != RelationState.APPROVED, row.doubted)):
        outgoing = row.source_id == pattern.pk
        slug, title = (row.target_slug, row.target_title) if outgoing else (row.source_slug, row.source_title)
        author = User(name=row.author_name, public_id=row.author_id).credit if row.author else ""
        suggested = row.state != RelationState.APPROVED
        doubted = suggested and row.doubted
        one = Neighbour(slug, title, row.evidence, row.kind, outgoing, suggested, row.pk, author, doubted)
        found.setdefault((row.kind, outgoing or goes_both_ways(row.kind), slug), one)
    return list(found.values())


def relation_rows(pattern: Pattern) -> list[_Row]:
    """Return every relation of `pattern` worth showing, the weightiest first. One query."""
    rows = (
        Relation.objects.filter(Q(source=pattern) | Q(target=pattern), source__isnull=False, target__isnull=False)
        .exclude(state=RelationState.REJECTED)
        .exclude(source=F("target"))
        .filter(source__state=PublicationState.PUBLISHED, target__state=PublicationState.PUBLISHED)
        .order_by(F("weight").desc(nulls_last=True), "pk")
        .values_list(
            *("pk", "kind", "state", "weight", "evidence", "source_id"),
            *("source__slug", "source__title", "target__slug", "target__title"),
            *("suggested_by", "suggested_by__name", "suggested_by__public_id"),
            is_doubted(),
        )
    )
    return [_Row(*row) for row in rows]


def neighbourhood(found: Iterable[Neighbour]) -> Picture:
    """Draw at most a dozen of `found`, each pattern once: approved before suggested, those before what is in doubt,
    kinds mixed, weightiest first.
    """
    once: dict[str, Neighbour] = {}
    for one in found:
        once.setdefault(one.slug, one)
    chosen: list[Neighbour] = []
    for rank in ((False, False), (True, False), (True, True)):
        these = (one for one in once.values() if (one.suggested, one.doubted) == rank)
        chosen += mixed(these, group=lambda one: (one.kind, one.said), most=MOST - len(chosen))
    chosen.sort(key=lambda one: (one.suggested, one.doubted, place(one.kind), one.kind, not one.outgoing))
    spokes = [Spoke(one.title, one.slug, one.kind, one.outgoing, one.suggested) for one in chosen]
    return fan(spokes, suggested=_("Suggested, not reviewed"))
