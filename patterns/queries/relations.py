"""A pattern's relations in words, what people approved apart from what nobody has reviewed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patterns.enums import PublicationState, RelationState
from patterns.models import Pattern, Relation

SHOWN: Final = 12

# kind: (what this pattern does to the other, what the other does to this one); one phrase where it goes both ways
_PHRASES: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    "enables": (_("Enables"), _("Enabled by")),
    "requires": (_("Requires"), _("Required by")),
    "tensions_with": (_("In tension with"), _("In tension with")),
    "specializes": (_("Specialises"), _("Specialised by")),
    "alternative_to": (_("Alternative to"), _("Alternative to")),
    "complements": (_("Complements"), _("Complements")),
    "tool_for": (_("Tool for"), _("Uses the tool")),
    "related": (_("Related to"), _("Related to")),
}


class _Row(NamedTuple):
    kind: str
    state: str
    weight: float | None
    evidence: str
    source_id: int
    source_slug: str
    source_title: str
    target_slug: str
    target_title: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The other pattern, with why it is one where somebody said so."""

    slug: str
    title: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours joined in the same way: `Requires`, and then who. `kind` names the mark that is drawn."""

    kind: str
    phrase: str
    neighbours: tuple[Neighbour, ...]


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
    """Approved relations, and suggested ones, which are no facts."""

    approved: Related
    suggested: Related


def relations_in_words(pattern: Pattern, *, everything: bool = False) -> Relations:
    """Return both kinds of relations of `pattern`, at most `SHOWN` neighbours each unless `everything`. One query.

    Left out: rejected relations, those that join a pattern to itself, and those to what is not published here.
    """
    found = relation_rows(pattern)
    limit = len(found) if everything else SHOWN
    known: set[tuple[str, str]] = set()
    approved = _related(found, RelationState.APPROVED, pattern, limit=limit, known=known)
    suggested = _related(found, RelationState.SUGGESTED, pattern, limit=limit, known=known)
    return Relations(approved=approved, suggested=suggested)


def relation_rows(pattern: Pattern) -> list[_Row]:
    """Return every relation of `pattern` worth showing, the weightiest first. One query."""
    rows = (
        Relation.objects.filter(Q(source=pattern) | Q(target=pattern), source__isnull=False, target__isnull=False)
        .exclude(state=RelationState.REJECTED)
        .exclude(source=F("target"))
        .filter(source__state=PublicationState.PUBLISHED, target__state=PublicationState.PUBLISHED)
        .order_by(F("weight").desc(nulls_last=True), "pk")
        .values_list(
            *("kind", "state", "weight", "evidence", "source_id"),
            *("source__slug", "source__title", "target__slug", "target__title"),
        )
    )
    return [_Row(*row) for row in rows]


def phrase(kind: str, *, outgoing: bool) -> str:
    """Return a relation kind in words, seen from the pattern it starts at or ends at."""
    pair = _PHRASES.get(kind)
    if pair is None:
        text = kind.replace("_", " ")
        return text[:1].upper() + text[1:]
    return str(pair[0] if outgoing else pair[1])


def _related(rows: Iterable[_Row], state: str, pattern: Pattern, *, limit: int, known: set[tuple[str, str]]) -> Related:
    """Group the rows in `state`; what was said before (`known`), by whatever file, is not said again."""
    groups: dict[tuple[str, str], list[Neighbour]] = {}
    total = 0
    for row in rows:
        outgoing = row.source_id == pattern.pk
        slug, title = (row.target_slug, row.target_title) if outgoing else (row.source_slug, row.source_title)
        said = phrase(row.kind, outgoing=outgoing)
        if row.state != state or (said, slug) in known:
            continue
        known.add((said, slug))
        total += 1
        if total <= limit:
            groups.setdefault((row.kind, said), []).append(Neighbour(slug=slug, title=title, evidence=row.evidence))
    order = list(_PHRASES)
    ranked = sorted(groups.items(), key=lambda item: (order.index(item[0][0]) if item[0][0] in order else 99, item[0]))
    return Related(
        groups=tuple(Group(kind=kind, phrase=said, neighbours=tuple(all_)) for (kind, said), all_ in ranked),
        total=total,
    )
