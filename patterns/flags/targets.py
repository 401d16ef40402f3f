"""What can be flagged. Each room registers its kinds of things when Django starts; flagging itself knows none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from patterns.models import User
from patterns.people.roles import Person


@dataclass(frozen=True, slots=True)
class Thing:
    """One flagged thing as people see it: what it is called, where it stands, and whose work it is."""

    title: str
    address: str
    author: User | None = None


Find = Callable[[str, Person], Thing | None]
Hide = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of thing. `find(ref, reader)` returns it to whoever may read it, and None to everybody else.

    `hide(ref, actor=…, reason=…)` takes it out by the functions of its room and raises a `ReviewError` where that
    cannot be; `curators` alone may. `hidden` says in words what that is, such as “retire it”.
    """

    name: str
    label: Any
    find: Find
    hide: Hide | None = None
    hidden: Any = ""
    curators: bool = True


LONGEST_REF = 200  # characters
_targets: dict[str, Target] = {}


def register(target: Target) -> None:
    """Add a kind; call it in `AppConfig.ready()`. The same name again replaces it."""
    _targets[target.name] = target


def target_of(kind: str) -> Target | None:
    return _targets.get(kind)


def find(kind: str, ref: str, *, reader: Person) -> Thing | None:
    """The thing `kind:ref`, or None where there is none that `reader` may read."""
    target = _targets.get(kind)
    sound = 0 < len(ref) <= LONGEST_REF and "\0" not in ref
    return target.find(ref, reader) if target is not None and sound else None
