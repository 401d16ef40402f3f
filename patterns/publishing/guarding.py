"""What every curator's act asks first: may this person, do they say why, and is the thing still what they saw."""

import hashlib
from typing import TypeVar

from django.db.models import Model

from patterns.models import Lighthouse, Pattern, User
from patterns.people import bans
from patterns.people.roles import is_curator
from patterns.publishing.errors import NotACurator, Overtaken, ReasonMissing

Thing = TypeVar("Thing", Pattern, Lighthouse)
LONGEST_REASON = 2_000  # characters


def require_curator(by: User | None) -> None:
    """Refuse everybody but curators and admins; nobody at all is the operator at the machine."""
    if by is not None and not is_curator(by):
        raise NotACurator
    bans.check(by)


def require_reason(reason: str) -> str:
    """Return what was said, trimmed; raises `ReasonMissing`."""
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise ReasonMissing
    return said


def standing(thing: Pattern | Lighthouse) -> str:
    """Name what a page shows of `thing`: its text, address, state and tier. A form sends it back."""
    parts = (
        thing.current_id, thing.state, thing.slug, getattr(thing, "tier", ""), getattr(thing, "merged_into_id", None),
    )  # fmt: skip
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:20]


def require_seen(thing: Pattern | Lighthouse, seen: str | None) -> None:
    """Refuse where `thing` is another than the page showed; None where nobody looked at a page."""
    if seen is not None and seen != standing(thing):
        raise Overtaken


def locked(thing: Thing) -> Thing:
    """The row, held until the transaction ends, so that acts on one thing happen in turn."""
    return lock(thing)[0]


def lock(*things: Thing) -> list[Thing]:
    """Hold the rows of `things` until the transaction ends and return them as they are, in the order given.

    Always in the order of their ids, whoever asks, so that two acts on the same two never wait for each other. Rows
    that only name them (`no_key`) are written meanwhile.
    """
    model: type[Model] = type(things[0])
    rows = model.objects.select_for_update(of=("self",), no_key=True).select_related("library", "current")
    found = {row.pk: row for row in rows.filter(pk__in=[one.pk for one in things]).order_by("pk")}
    return [found[one.pk] for one in things]
