"""A pattern's relations in words, what people approved apart from what nobody has reviewed, and their picture."""

from collections.abc import Iterable, Sequence
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
from patterns.queries.relation_words import goes_both_ways, phrase, place

SHOWN: Final = 12


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


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The other pattern, how it is joined as seen from this one, and why and by whom where somebody said so."""

    slug: str
    title: str
    evidence: str
    kind: str
    outgoing: bool
    suggested: bool
    relation: int = 0
    author: str = ""

    @property
    def said(self) -> str:
        return phrase(self.kind, outgoing=self.outgoing)


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours joined in the same way: `Requires`, and then who. `total` counts those that are not shown too."""

    kind: str
    phrase: str
    neighbours: tuple[Neighbour, ...]
    total: int

    @property
    def way(self) -> str:
        """Names the direction in an address: relations that start here, or that arrive."""
        return "out" if self.neighbours[0].outgoing or goes_both_ways(self.kind) else "in"

    @property
    def hidden(self) -> int:
        return self.total - len(self.neighbours)


@dataclass(frozen=True, slots=True)
class Related:
    """Groups to show, and how many neighbours there are in all."""

    groups: tuple[Group, ...]
    total: int

    @property
    def hidden(self) -> int:
        return self.total - sum(len(group.neighbours) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Relations:
    """Approved relations of the pattern at `slug`, and suggested ones, which are no facts; `picture` shows a few."""

    slug: str
    approved: Related
    suggested: Related
    picture: Picture
    patterns: int

    @property
    def total(self) -> int:
        return self.approved.total + self.suggested.total


def relations_in_words(pattern: Pattern, *, everything: bool = False) -> Relations:
    """Return both kinds of relations of `pattern`, at most `SHOWN` neighbours each unless `everything`. One query.

    Left out: rejected relations, those that join a pattern to itself, and those to what is not published here.
    """
    found = neighbours(pattern)
    most = len(found) if everything else SHOWN
    return Relations(
        slug=pattern.slug,
        approved=related([one for one in found if not one.suggested], most=most),
        suggested=related([one for one in found if one.suggested], most=most),
        picture=neighbourhood(found),
        patterns=len({one.slug for one in found}),
    )


def neighbours(pattern: Pattern) -> list[Neighbour]:
    """Return everyone `pattern` is joined to, approved before suggested, weightier first. One query.

    What was said before, by whatever file, is not said again.
    """
    found: dict[tuple[str, bool, str], Neighbour] = {}
    for row in sorted(relation_rows(pattern), key=lambda row: row.state != RelationState.APPROVED):
        outgoing = row.source_id == pattern.pk
        slug, title = (row.target_slug, row.target_title) if outgoing else (row.source_slug, row.source_title)
        author = User(name=row.author_name, public_id=row.author_id).credit if row.author else ""
        suggested = row.state != RelationState.APPROVED
        one = Neighbour(slug, title, row.evidence, row.kind, outgoing, suggested, row.pk, author)
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
        )
    )
    return [_Row(*row) for row in rows]


def related(found: Sequence[Neighbour], *, most: int) -> Related:
    """Group neighbours by how they are joined; where there are more than `most`, every group shows some of its own."""
    totals: dict[tuple[str, str], int] = {}
    for one in found:
        totals[one.kind, one.said] = totals.get((one.kind, one.said), 0) + 1
    groups: dict[tuple[str, str], list[Neighbour]] = {}
    for one in mixed(found, group=lambda one: (one.kind, one.said), most=most):
        groups.setdefault((one.kind, one.said), []).append(one)
    ranked = sorted(groups, key=lambda key: (place(key[0]), not groups[key][0].outgoing, key))
    return Related(
        groups=tuple(Group(key[0], key[1], tuple(groups[key]), totals[key]) for key in ranked), total=len(found)
    )


def neighbourhood(found: Iterable[Neighbour]) -> Picture:
    """Draw at most a dozen of `found`, each pattern once: approved before suggested, kinds mixed, weightiest first."""
    once: dict[str, Neighbour] = {}
    for one in found:
        once.setdefault(one.slug, one)
    chosen: list[Neighbour] = []
    for suggested in (False, True):
        these = (one for one in once.values() if one.suggested is suggested)
        chosen += mixed(these, group=lambda one: (one.kind, one.said), most=MOST - len(chosen))
    chosen.sort(key=lambda one: (one.suggested, place(one.kind), one.kind, not one.outgoing))
    spokes = [Spoke(one.title, one.slug, one.kind, one.outgoing, one.suggested) for one in chosen]
    return fan(spokes, suggested=_("Suggested, not reviewed"))
