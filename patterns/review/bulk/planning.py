"""Say what an act on many items would do: which it would reach, which it would pass over, and why, in words."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from patterns.enums import Decision
from patterns.models import BulkAct, ReviewItem, User
from patterns.review.claims import MOST_HELD, held_by, live_claim
from patterns.review.errors import AlreadyDecided, Claimed, NotACurator, OwnWork, Stale, TooManyHeld
from patterns.review.kinds import kind_of

MOST = 200  # items in one act
Kind = BulkAct.Kind
DECISIONS = {Kind.ACCEPT: Decision.ACCEPT, Kind.DECLINE: Decision.DECLINE}
_PAIR = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item in the version that stood in the list."""

    pk: int
    version: int

    @classmethod
    def read(cls, value: str) -> Self | None:
        """From a form's `12:3`."""
        found = _PAIR.fullmatch(value)
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.pk}:{self.version}"


@dataclass(frozen=True, slots=True)
class Planned:
    """One item of a plan; `why_not` is empty where the act would reach it."""

    item: ReviewItem
    chosen: Chosen
    why_not: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act would do. `fingerprint` stands for exactly these items in these versions."""

    kind: str
    lines: Sequence[Planned]

    @property
    def will(self) -> list[Planned]:
        return [line for line in self.lines if not line.why_not]

    @property
    def skipped(self) -> list[Planned]:
        return [line for line in self.lines if line.why_not]

    @property
    def fingerprint(self) -> str:
        return fingerprint(line.chosen for line in self.lines)


def fingerprint(chosen: Iterable[Chosen]) -> str:
    """A short name for a set of items in their versions."""
    said = ",".join(sorted(str(one) for one in chosen))
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def chosen_of(values: Iterable[str]) -> list[Chosen]:
    """What a form's values name, each item once; what names none is passed over."""
    found = (Chosen.read(value) for value in values)
    return list({one.pk: one for one in found if one is not None}.values())


def plan(kind: str, chosen: Sequence[Chosen], *, reviewer: User) -> Plan:
    """What `kind` would do to `chosen` now. Two queries."""
    rows = ReviewItem.objects.select_related("author", "claim__reviewer").in_bulk([one.pk for one in chosen])
    room = MOST_HELD - held_by(reviewer).count() if kind == Kind.CLAIM else 0
    lines = []
    for one in chosen:
        if (item := rows.get(one.pk)) is None:
            continue
        why_not = _why_not(kind, item, one, reviewer=reviewer)
        if kind == Kind.CLAIM and not why_not and not _held_by(reviewer, item):
            room -= 1
            why_not = str(TooManyHeld(MOST_HELD)) if room < 0 else ""
        lines.append(Planned(item, one, why_not))
    return Plan(kind, lines)


def kind_refuses(kind: str, item: ReviewItem) -> str:
    """Why items of this kind are not decided in bulk like this, if they are not."""
    known = kind_of(item)
    if kind not in DECISIONS:
        return ""
    if DECISIONS[kind] not in known.decisions:
        return _("This kind cannot be decided like this.")
    if known.one_by_one:
        return _("Things of this kind are read one by one before they are decided on.")
    if kind == Kind.ACCEPT and not known.bulk_accept:
        return _("Things of this kind are read one by one before they are accepted.")
    return ""


def _why_not(kind: str, item: ReviewItem, chosen: Chosen, *, reviewer: User) -> str:
    if kind == Kind.RELEASE:
        return "" if _held_by(reviewer, item) else _("You do not hold it.")
    held = live_claim(item)
    if item.author_id == reviewer.pk:
        said = OwnWork().brief
    elif not kind_of(item).open_to(reviewer):
        said = NotACurator().brief
    elif not item.open:
        said = AlreadyDecided().brief
    elif item.with_author:
        said = _("It waits for its author, who was asked for changes.")
    elif held is not None and held.reviewer_id != reviewer.pk:
        said = Claimed(held.reviewer.credit, held.expires_at).brief
    elif kind in DECISIONS and item.version != chosen.version:
        said = Stale().brief
    else:
        said = kind_refuses(kind, item)
    return said


def _held_by(reviewer: User, item: ReviewItem) -> bool:
    held = live_claim(item)
    return held is not None and held.reviewer_id == reviewer.pk
