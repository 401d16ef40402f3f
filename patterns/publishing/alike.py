"""Which patterns may say the same as one: near in title, and near in meaning where a room above can tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from patterns.models import Pattern
from patterns.naming.nearest import nearest
from patterns.queries.library import published

Finder = Callable[..., Sequence[int]]
_finders: list[Finder] = []


@dataclass(frozen=True, slots=True)
class Alike:
    """A pattern that may be the same; `by_meaning` where it is its text and not its title that is near."""

    pattern: Pattern
    by_meaning: bool


def register(finder: Finder) -> None:
    """Ask `finder(pattern, limit=…)` for the ids of patterns near in meaning from now on, the nearest first."""
    _finders[:] = [finder]


def alike(pattern: Pattern, *, limit: int) -> list[Alike]:
    """Return at most `limit` published patterns like `pattern`, near titles first. A few queries."""
    slugs = [one.slug for one in nearest(pattern.title, limit=limit, kind="pattern")]
    titled = {one.slug: one for one in published().filter(slug__in=slugs).exclude(pk=pattern.pk)}
    found = [Alike(titled[slug], by_meaning=False) for slug in slugs if slug in titled]
    ids = [pk for finder in _finders for pk in finder(pattern, limit=limit)]
    known = {pattern.pk, *(one.pattern.pk for one in found)}
    meant = published().in_bulk([pk for pk in ids if pk not in known])
    return [*found, *(Alike(meant[pk], by_meaning=True) for pk in ids if pk in meant)][:limit]
