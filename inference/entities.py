"""Links the names in a question to the library: patterns and lighthouses by title, alias and slug, typos forgiven.

The table of names is kept in this process and made anew when the library's log has grown.
"""

import threading
import time

from inference import naming
from inference.naming import Named, Names
from inference.types import Entity
from patterns.models import LibraryChange
from patterns.queries.library import published, published_lighthouses

AGE = 30.0  # seconds after which the table is read again even so: a slow transaction's change has an older id
_lock = threading.Lock()
_kept: tuple[int, float, Names] | None = None


def link(question: str) -> tuple[Entity, ...]:
    """What `question` names, in order. One small query while the library stays as it is."""
    return naming.find(question, _names())


def nearest_titles(query: str, *, limit: int = 5) -> list[Named]:
    """Entries whose titles look most like `query`."""
    return naming.nearest(query, _names(), limit=limit)


def forget() -> None:
    """Read the names anew at the next question."""
    global _kept  # noqa: PLW0603 - one table a process
    _kept = None


def _names() -> Names:
    global _kept  # noqa: PLW0603
    newest = LibraryChange.objects.order_by("-id").values_list("id", flat=True).first() or 0
    kept = _kept
    if kept is None or kept[0] != newest or time.monotonic() - kept[1] > AGE:
        with _lock:
            kept = (newest, time.monotonic(), naming.gather(_entries()))
            _kept = kept
    return kept[2]


def _entries() -> list[Named]:
    patterns = published().order_by("pk").values_list("pk", "slug", "title", "aliases")
    lighthouses = published_lighthouses().order_by("pk").values_list("pk", "slug", "title")
    return [
        *(Named("lighthouse", pk, slug, title, (title, slug)) for pk, slug, title in lighthouses),
        *(Named("pattern", pk, slug, title, (title, slug, *aliases)) for pk, slug, title, aliases in patterns),
    ]
