"""Links the names in a question to the library: patterns and lighthouses by title, alias and slug, typos forgiven.

The table of names is kept in this process and made anew when the library's log has grown.
"""

from inference import naming
from inference.kept import Kept
from inference.naming import Named, Names
from inference.types import Entity
from patterns.queries.library import published, published_lighthouses


def link(question: str) -> tuple[Entity, ...]:
    """What `question` names, in order. One small query while the library stays as it is."""
    return naming.find(question, _names.get())


def slugs_called(name: str) -> list[str]:
    """The slug of the entry that is called exactly `name`; none where nothing is."""
    entry = naming.exact(name, _names.get()) if name else None
    return [entry.slug] if entry else []


def forget() -> None:
    """Read the names anew at the next question."""
    _names.forget()


def _gathered() -> Names:
    patterns = published().order_by("pk").values_list("pk", "slug", "title", "aliases")
    lighthouses = published_lighthouses().order_by("pk").values_list("pk", "slug", "title")
    return naming.gather(
        [
            *(Named("lighthouse", pk, slug, title, (title, slug)) for pk, slug, title in lighthouses),
            *(Named("pattern", pk, slug, title, (title, slug, *aliases)) for pk, slug, title, aliases in patterns),
        ]
    )


_names = Kept(_gathered)
