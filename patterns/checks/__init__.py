"""What is looked at before a person is asked: each check reads a proposal and says, in words, what it found.

A registry: the rooms above add their own (near-duplicates by meaning, screening) in `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from patterns.models import Submission


class Weight(StrEnum):
    """`block`: it cannot be sent like this; `warn`: a reviewer will ask; `note`: worth knowing."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry of the library that may help with a finding; `how` says in words why it is offered.

    `turns`: the whole proposal may be turned into an edit of it.
    """

    slug: str
    title: str
    how: str = ""
    turns: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a proposal: what, where, why it matters, and what to do.

    `field` names the form field it belongs to and `section` the section, where there is one; `excerpt` quotes the
    place; `rule` is the check that found it.
    """

    weight: Weight
    message: str
    field: str = ""
    section: str = ""
    excerpt: str = ""
    why: str = ""
    advice: str = ""
    offers: tuple[Offer, ...] = ()
    rule: str = ""


Check = Callable[[Submission], Iterable[Finding]]
_checks: dict[str, tuple[Check, frozenset[str]]] = {}


def register(name: str, check: Check, *, kinds: Iterable[str] = ()) -> None:
    """Add a check for submissions of `kinds` (all when none are given). The submission may not be saved yet."""
    _checks[name] = (check, frozenset(map(str, kinds)))


def run(submission: Submission) -> tuple[Finding, ...]:
    """Everything the checks say about `submission`, what blocks it first."""
    found = [
        finding if finding.rule else replace(finding, rule=name)
        for name, (check, kinds) in _checks.items()
        if not kinds or submission.kind in kinds
        for finding in check(submission)
    ]
    return tuple(sorted(found, key=lambda finding: list(Weight).index(finding.weight)))


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.weight is Weight.BLOCK)
