"""What a search has to know of the site before it begins: which index is live, and how new the library is."""

from functools import cache

from django.db.models import Subquery

from inference.models import IndexGeneration
from patterns.models import LibraryChange


def live_now() -> tuple[IndexGeneration | None, int]:
    """The generation that searches read, and the number of the library's newest change. One query."""
    statement, values = _statement()
    for generation in IndexGeneration.objects.raw(statement, values):
        return generation, generation.newest or 0
    return None, 0


@cache
def _statement() -> tuple[str, tuple]:
    """As SQL, put together once: Django takes longer for it than PostgreSQL does to answer."""
    newest = LibraryChange.objects.order_by("-id").values("id")[:1]
    return IndexGeneration.objects.filter(live=True).annotate(newest=Subquery(newest)).query.sql_with_params()
