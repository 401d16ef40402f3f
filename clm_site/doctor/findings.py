"""What a check says, the list of checks, and how they are run so that one that breaks does not hide the others."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

log = logging.getLogger(__name__)

Store = Literal["postgres", "redis"]


class Level(StrEnum):
    FINE = "fine"
    WARNING = "warning"  # it works, but somebody should know
    PROBLEM = "problem"  # something does not work; the exit status is 1


@dataclass(frozen=True)
class Finding:
    says: str
    level: Level = Level.FINE
    do: str = ""


@dataclass(frozen=True)
class Check:
    name: str
    look: Callable[[], Finding | list[Finding]]
    needs: frozenset[Store]


_checks: dict[str, Check] = {}


def register(name: str, look: Callable[[], Finding | list[Finding]], *, needs: Collection[Store] = ()) -> None:
    """Have `look` asked by the doctor under `name`. It returns quickly and raises nothing it can say in words."""
    _checks[name] = Check(name, look, frozenset(needs))


def fine(says: str) -> Finding:
    return Finding(says)


def warning(says: str, do: str) -> Finding:
    return Finding(says, Level.WARNING, do)


def problem(says: str, do: str) -> Finding:
    return Finding(says, Level.PROBLEM, do)


def examine(*, down: Collection[str] = ()) -> list[tuple[str, Finding]]:
    """Run every check whose stores are not `down`, in the order of registration."""
    found: list[tuple[str, Finding]] = []
    for check in _checks.values():
        if check.needs & set(down):
            continue
        try:
            said = check.look()
        except Exception as trouble:  # a broken check is a finding like any other
            log.debug("check %s failed", check.name, exc_info=True)
            said = problem(f"The check itself failed: {type(trouble).__name__}: {trouble}", "Please report this.")
        found += [(check.name, finding) for finding in (said if isinstance(said, list) else [said])]
    return found
