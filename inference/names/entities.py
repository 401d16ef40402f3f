"""Links the names in a question to the library: patterns and lighthouses by title, alias and slug, typos forgiven.

The table of names is kept in this process and made anew when the library's log has grown.
"""

from inference.names import naming
from inference.names.mentions import Mention, mentions
from inference.names.naming import Named, Names
from inference.titles.index import Entry, How
from inference.titles.suggesting import entries
from inference.types import Entity
from patterns.following.kept import Kept


def link(question: str, *, newest: int | None = None) -> tuple[Entity, ...]:
    """What `question` names, in order. One small query while the library stays as it is.

    None for who has just read the number of the library's `newest` change.
    """
    return naming.find(question, _names.get(newest=newest))


def mentioned(text: str) -> list[Mention]:
    """What prose names in passing, exactly as it is called. One small query while the library stays as it is."""
    return list(mentions(text, _names.get()))


def namesakes(entity: Entity) -> list[Entity]:
    """Other entries called as `entity` is, for libraries that describe some things more than once."""
    return [
        Entity(one.kind, one.id, one.slug, one.title, entity.matched, entity.score)
        for one in naming.namesakes(entity, _names.get())
    ]


def slugs_called(name: str) -> list[str]:
    """The slug of the entry that is called exactly `name`; none where nothing is."""
    entry = naming.exact(name, _names.get()) if name else None
    return [entry.slug] if entry else []


def forget() -> None:
    """Read the names anew at the next question."""
    _names.forget()


def _gathered() -> Names:
    return naming.gather(_named(entry) for entry in entries())


def _named(entry: Entry) -> Named:
    names = tuple(name for how, name in entry.names if how != How.WORDING)
    wordings = tuple(name for how, name in entry.names if how == How.WORDING)
    return Named(entry.kind, entry.id, entry.slug, entry.title, names, wordings)


_names = Kept(_gathered)
