"""What the checks said when a proposal was sent, kept with that step so that reviewers read the same as its author."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from patterns.checks import Finding, Offer, Weight
from patterns.models import Submission, SubmissionEvent

KEY = "findings"


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
    """What was found when `submission` was last sent; None where it was sent before findings were kept. One query."""
    return kept_in(submission.events.all())


def kept_in(events: Iterable[SubmissionEvent]) -> KeptFindings | None:
    """The same from the steps of a submission, in their order."""
    sent = next((one for one in reversed(list(events)) if KEY in one.payload), None)
    return KeptFindings(from_json(sent.payload[KEY]), sent.at) if sent else None


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
