"""What this site holds of a person, as each room knows it: how to hand it out, and what becomes of it on erasure.

Rooms register in `AppConfig.ready()`. A table that points at an account and stands in no holding's `covers` is a red
test, so that nothing about people can be added and forgotten.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from patterns.people.models import User

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Holding:
    """`title` says what it is, `fate` what becomes of it when the account is erased, and why. `covers` names columns
    that point at accounts, as `app.Model.field`.
    """

    name: str
    export: Callable[[User], list[dict[str, Any]]]
    erase: Callable[[User], None]
    title: Words
    fate: Words
    covers: frozenset[str]


_holdings: dict[str, Holding] = {}


def register(
    name: str,
    *,
    export: Callable[[User], list[dict[str, Any]]],
    erase: Callable[[User], None],
    title: Words = "",
    fate: Words = "",
    covers: Iterable[str] = (),
) -> None:
    """Add what a room holds of people; the same name again replaces it."""
    _holdings[name] = Holding(name, export, erase, title or name, fate, frozenset(covers))


def holdings() -> tuple[Holding, ...]:
    """All of them, in the order in which they were registered."""
    return tuple(_holdings.values())


def keep(_user: User) -> None:
    """What stays as it is, because others rely on it; the tombstone's neutral name stands on it from then on."""
