"""What the checks said of a proposal when it was sent, kept with it so that reviewers read the same as its author."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from patterns.checks import Finding, Offer, Weight, run
from patterns.models import Submission


@dataclass(frozen=True, slots=True)
class KeptFindings:
    """What was found, and when."""

    findings: tuple[Finding, ...]
    at: datetime


def as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as plain values, what is empty left out."""
    return [{key: value for key, value in asdict(one).items() if value} for one in findings]


def from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Findings as they were written, by whatever version: what this one does not know is left out."""
    return tuple(_finding(row) for row in rows)


def kept(submission: Submission) -> KeptFindings | None:
    """What was found when `submission` was last sent; None where it never was. One query."""
    sent = submission.sendings.order_by("-number").only("submission", "findings", "at").first()
    return KeptFindings(from_json(sent.findings), sent.at) if sent else None


def findings_of(submission: Submission) -> tuple[Finding, ...]:
    """What a reviewer reads: what was found when it was sent, or what is found now where nothing was kept."""
    found = kept(submission)
    return found.findings if found else tuple(run(submission))


def _finding(row: Mapping[str, Any]) -> Finding:
    known = {key: value for key, value in row.items() if key in Finding.__dataclass_fields__}
    weight = row.get("weight")
    known["weight"] = Weight(weight) if weight in set(Weight) else Weight.NOTE
    known["message"] = str(row.get("message", ""))
    offers = row.get("offers", ())
    known["offers"] = tuple(
        Offer(**{key: value for key, value in one.items() if key in Offer.__dataclass_fields__}) for one in offers
    )
    return Finding(**known)
