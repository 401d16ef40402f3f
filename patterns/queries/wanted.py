"""Find what the published library names and lacks: ends of relations that name nothing here, and so do adoptions."""

from collections.abc import Iterator

from patterns.enums import PublicationState, RelationState
from patterns.models import Adoption, Relation
from patterns.naming.wanted import Mention, Wanted, gathered, key_of
from patterns.queries.library import library_state, published, remembered


def wanted(*, state: int | None = None) -> tuple[Wanted, ...]:
    """Return the wanted patterns, the most often named first. Four queries, remembered for this state of the library.

    A name that a domain, a category or a pattern of the library has is no want: the library speaks of it already.
    """
    return remembered("wanted", _wanted, state=library_state() if state is None else state)


def _wanted() -> tuple[Wanted, ...]:
    known = set()
    for slug, file_slug, title, domain, categories in published().values_list(
        "slug", "file_slug", "title", "domain", "categories"
    ):
        known.update(key_of(name) for name in (slug, file_slug, title, domain, *categories) if name)
    return gathered(_mentions(), known=known)


def _mentions() -> Iterator[Mention]:
    relations = Relation.objects.exclude(state=RelationState.REJECTED)
    ends = (("source", "target"), ("target", "source"))  # who names, and the end that names nothing here
    for namer, missing in ends:
        rows = relations.filter(**{missing: None, f"{namer}__state": PublicationState.PUBLISHED})
        for name, slug, title in rows.values_list(f"{missing}_ref", f"{namer}__slug", f"{namer}__title"):
            yield Mention(name, "pattern", slug, title)
    adoptions = Adoption.objects.filter(pattern=None, lighthouse__state=PublicationState.PUBLISHED)
    for name, slug, title in adoptions.values_list("reference", "lighthouse__slug", "lighthouse__title"):
        yield Mention(name, "lighthouse", slug, title)
