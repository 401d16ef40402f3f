"""One change of the library as it is told, whoever reads the records for it and whoever puts it into words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one thing (a `pattern` or a `lighthouse`), or to many of one library on one day.

    `verb` is new, changed, or a curator's act (see `telling`) with its reason as `message`; `other` is the pattern that
    is merged with, the name before, the revision gone back to, or the lighthouse that shows it. For many, `thing` is
    empty, `title` is the library's and `patterns` and `lighthouses` say how many. Decisions about relations are of the
    thing `relations` and have a `count`. `who` is empty where no person of this site did it. `sections` are the
    headings whose text changed.
    """

    verb: str
    thing: str
    title: str
    address: str
    at: datetime
    id: str
    patterns: int = 0
    lighthouses: int = 0
    number: int = 0
    library: str = ""
    who: str = ""
    message: str = ""
    summary: str = ""
    domain: str = ""
    license: str = ""
    sections: tuple[str, ...] = ()
    other: str = ""
    count: int = 0

    @property
    def many(self) -> bool:
        return not self.thing


def urn(name: str) -> str:
    """An id that stays when the site moves to another address (RFC 4122, section 4.3)."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
