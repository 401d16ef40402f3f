"""How pressing an item is, and why in words: points for what it is, one more for every twelve hours that it waits.

Pure: nothing here asks the database or the clock. Age is never stored as points, so that nothing has to be written
again while things wait; `ReviewItem.rank` orders by both at once (ADR 0026).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Protocol, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patterns.enums import Tier
from patterns.models.review import A_POINT

LEVELS = (("high", 20), ("raised", 10), ("usual", None))
RESUBMITTED, TIER, NEWCOMER, FIRST_FLAG, NEXT_FLAG, MOST_FLAGS, MOST_RELIED, MOST_ASKED = 10, 5, 4, 12, 4, 28, 5, 15
FOR_UNHELPFUL, MOST_UNHELPFUL, MOST_LACKED = 4, 20, 10
LONG = 2  # days after which waiting is worth a sentence


class Weighed(Protocol):
    """What of an item the words and the level are read from."""

    priority: int
    reasons: list[str]
    signs: dict[str, Any]
    waits_since: datetime


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of an item when it opens or changes. `tier`, `domain` and `minutes` are also filtered by.

    `relied` counts lighthouses and patterns that rely on what is touched, `asked` the people who asked for it,
    `unhelpful` those whom it did not help; `lacks` is what an answer's score lacks of 100.
    """

    resubmitted: bool = False
    newcomer: bool = False
    tier: str = ""
    domain: str = ""
    relied: int = 0
    flags: int = 0
    asked: int = 0
    unhelpful: int = 0
    lacks: int = 0
    minutes: int | None = None

    @property
    def points(self) -> int:
        """The priority that follows."""
        flags = min(MOST_FLAGS, FIRST_FLAG + NEXT_FLAG * (self.flags - 1)) if self.flags else 0
        raised = RESUBMITTED * self.resubmitted + NEWCOMER * self.newcomer + TIER * (self.tier in _WEIGHTY)
        weak = min(MOST_UNHELPFUL, FOR_UNHELPFUL * self.unhelpful) + min(MOST_LACKED, -(-self.lacks // 10))
        return raised + flags + weak + min(MOST_RELIED, self.relied) + min(MOST_ASKED, self.asked)

    def words(self) -> list[str]:
        """Each sign that counts as a sentence, the weightiest first, in the language of the page."""
        said = [
            ngettext("%(n)s person flagged it.", "%(n)s people flagged it.", self.flags) % {"n": self.flags}
            if self.flags else "",
            ngettext("It did not help %(n)s reader.", "It did not help %(n)s readers.", self.unhelpful)
            % {"n": self.unhelpful} if self.unhelpful else "",
            _("It scores %(n)s of 100.") % {"n": 100 - self.lacks} if self.lacks else "",
            _("The author has made the changes that were asked for.") if self.resubmitted else "",
            ngettext("%(n)s person asked for it.", "%(n)s people asked for it.", self.asked) % {"n": self.asked}
            if self.asked else "",
            _WEIGHTY[self.tier]() if self.tier in _WEIGHTY else "",
            ngettext(
                "%(n)s lighthouse or pattern relies on it.", "%(n)s lighthouses and patterns rely on it.", self.relied
            ) % {"n": self.relied} if self.relied else "",
            _("It is somebody’s first contribution: an early answer keeps a newcomer.") if self.newcomer else "",
        ]  # fmt: skip
        return [sentence for sentence in said if sentence]

    def kept(self, said: Iterable[str] = ()) -> dict[str, Any]:
        """As the item keeps them, with what the room that opened it adds in its own words."""
        values = {name: value for name, value in asdict(self).items() if value}
        return values | ({"said": list(said)} if said else {})

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """From what an item keeps; what another version of this site wrote besides is passed over."""
        return cls(**{one.name: kept[one.name] for one in fields(cls) if one.name in kept})


def pressure(item: Weighed, *, now: datetime) -> float:
    """Points and age together."""
    return item.priority + (now - item.waits_since).total_seconds() / A_POINT


def level(item: Weighed, *, now: datetime) -> str:
    """The pressure as one word: `high`, `raised` or `usual`."""
    found = pressure(item, now=now)
    return next(word for word, least in LEVELS if least is None or found >= least)


def ranks(word: str, *, now: datetime) -> tuple[int | None, int | None]:
    """Which ranks have a level now: above the first and up to the second, None for no bound."""
    names = [name for name, _least in LEVELS]
    place = names.index(word)
    bounds = [None, *(int(now.timestamp()) - least * A_POINT for _name, least in LEVELS if least is not None), None]
    return bounds[place], bounds[place + 1]


def words(item: Weighed, *, now: datetime) -> list[str]:
    """Why an item stands where it does: how long it waits, what speaks for it, what its room says."""
    days = (now - item.waits_since).days
    waited = [ngettext("It waits for %(n)s day.", "It has waited for %(n)s days.", days) % {"n": days}]
    said = item.signs.get("said", []) if item.signs else item.reasons
    found = [*(waited if days >= LONG else []), *Signs.read(item.signs).words(), *said]
    return found or [_("First come, first served.")]


_WEIGHTY = {
    Tier.SILVER: lambda: _("It changes a silver pattern, which many rely on."),
    Tier.GOLD: lambda: _("It changes a gold pattern, which many rely on."),
}
