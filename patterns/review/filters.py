"""What of the queue somebody wants to see, as a value: read from an address, written back as the same address.

Pure. Whatever an address says that is not known here is passed over, so that an old or mangled link still shows a list.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol, Self
from urllib.parse import urlencode

STATES = ("waiting", "free", "mine", "held", "author", "decided")
AUTHORS = ("new", "known")
AGES = (1, 3, 7, 30)  # days
LEVELS = ("high", "raised", "usual")
TIERS = ("bronze", "silver", "gold")
SORTS = ("pressing", "oldest", "newest")
QUICK = 2  # minutes
MOST_KINDS, LONGEST = 12, 120
_TOKEN = re.compile(r"-?[0-9]{1,17}\.[0-9]{1,18}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")


class Given(Protocol):
    """A query string as Django reads it."""

    def get(self, key: str, default: str = "") -> str: ...
    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Filters:
    """One list of the queue. `others` leaves one's own work out; `quick` keeps what takes two minutes or less."""

    kinds: tuple[str, ...] = ()
    state: str = "waiting"
    author: str = ""
    others: bool = False
    age: int = 0
    level: str = ""
    tier: str = ""
    domain: str = ""
    quick: bool = False
    words: str = ""
    sort: str = "pressing"

    @classmethod
    def read(cls, given: Given) -> Self:
        """The list an address asks for."""
        age = given.get("age", "")
        return cls(
            kinds=tuple(sorted({_plain(kind, 40) for kind in given.getlist("kind") if kind.strip()}))[:MOST_KINDS],
            state=_one_of(STATES, given.get("state", "")) or "waiting",
            author=_one_of(AUTHORS, given.get("author", "")),
            others=given.get("others", "") == "1",
            age=int(age) if age in {str(days) for days in AGES} else 0,
            level=_one_of(LEVELS, given.get("level", "")),
            tier=_one_of(TIERS, given.get("tier", "")),
            domain=_plain(given.get("domain", ""), LONGEST),
            quick=given.get("quick", "") == "1",
            words=_plain(given.get("q", ""), LONGEST),
            sort=_one_of(SORTS, given.get("sort", "")) or "pressing",
        )

    def query(self, **changes: Any) -> str:
        """The query string of this list, or of one that differs by `changes`; without a question mark."""
        wanted = replace(self, **changes)
        pairs: list[tuple[str, str]] = [("kind", kind) for kind in wanted.kinds]
        for one in fields(wanted):
            value = getattr(wanted, one.name)
            if one.name != "kinds" and value != one.default:
                pairs.append((_NAMES.get(one.name, one.name), "1" if value is True else str(value)))
        return urlencode(pairs)

    def without_kind(self, name: str) -> str:
        """The query string with one kind fewer."""
        return self.query(kinds=tuple(kind for kind in self.kinds if kind != name))

    @property
    def active(self) -> tuple[str, ...]:
        """The names of the filters that narrow the list; the state and the order are not among them."""
        apart = {"state", "sort"}
        return tuple(
            one.name for one in fields(self) if one.name not in apart and getattr(self, one.name) != one.default
        )

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words that a title must hold, each as the beginning of a word."""
        return tuple(re.findall(r"\w+", self.words))


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list: the key it is ordered by and the row's id, before or after which the page begins."""

    key: int
    pk: int
    backwards: bool = False

    @classmethod
    def read(cls, given: Given) -> Self | None:
        """The place an address names, if it names one."""
        for name in ("after", "before"):
            if _TOKEN.fullmatch(token := given.get(name, "")):
                key, pk = token.split(".")
                return cls(int(key), int(pk), name == "before")
        return None

    @property
    def query(self) -> str:
        return f"{'before' if self.backwards else 'after'}={self.key}.{self.pk}"


def joined(*parts: str) -> str:
    """Query strings as one, with its question mark; nothing where all are empty."""
    said = "&".join(part for part in parts if part)
    return f"?{said}" if said else ""


def _one_of(known: Iterable[str], value: str) -> str:
    return value if value in known else ""


def _plain(value: str, most: int) -> str:
    return _UNSAFE.sub("", value).strip()[:most].strip()


_NAMES = {"words": "q"}
