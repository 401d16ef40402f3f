"""From what a relation form sent to what would be proposed: the other pattern, the sentence, what the checks say.

Nothing is written here; the same functions serve preview, sending and sending again.
"""

import hashlib
from dataclasses import dataclass

from patterns import checks
from patterns.checks import Finding
from patterns.enums import SubmissionKind
from patterns.exploring.matching import Entry
from patterns.models import Pattern, Relation, Submission
from patterns.queries.choosing import pattern_meant
from patterns.relating.checking import between
from patterns.relating.proposal import Proposal, Sort, sentence


@dataclass(frozen=True, slots=True)
class Sent:
    """What a relation form holds. `way` is a kind and the direction, `requires:out`."""

    other: str = ""
    way: str = ""
    evidence: str = ""
    citation: str = ""
    weight: str = ""
    note: str = ""
    consent: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """`nearest` are patterns to choose from where the name was not clear; `existing` what joins the two already."""

    sent: Sent
    proposal: Proposal
    other: Pattern | None
    nearest: tuple[Entry, ...]
    sentence: str
    existing: tuple[Relation, ...]
    findings: tuple[Finding, ...]

    @property
    def sendable(self) -> bool:
        return not checks.blocking(self.findings)

    @property
    def digest(self) -> str:
        """Names exactly this proposal: what was looked at is what is sent."""
        return hashlib.sha256(repr(sorted(self.proposal.payload.items())).encode()).hexdigest()

    @property
    def text(self) -> str:
        """The proposal as plain words, for the lists and exports that know nothing of relations."""
        return "\n\n".join(part for part in (self.sentence, self.proposal.evidence, self.proposal.citation) if part)


def drafted(pattern: Pattern, sent: Sent) -> Draft:
    """Work out what `sent` proposes from the page of `pattern`. Six queries at most."""
    meant = pattern_meant(sent.other)
    other = Pattern.objects.filter(slug=meant.entry.slug).first() if meant.entry else None
    kind, _colon, direction = sent.way.partition(":")
    ends = (other, pattern) if direction == "in" else (pattern, other)
    proposal = Proposal.read(
        {
            "sort": Sort.SUGGESTION,
            "source": ends[0].pk if ends[0] else 0,
            "target": ends[1].pk if ends[1] else 0,
            "kind": kind,
            "evidence": sent.evidence,
            "citation": sent.citation,
            "weight": sent.weight,
        }
    )
    said = sentence(ends[0].title, proposal.kind, ends[1].title) if other and proposal.kind else ""
    unsaved = Submission(
        kind=SubmissionKind.RELATION, pattern=pattern, payload=proposal.payload, consent=sent.consent, note=sent.note
    )
    return Draft(
        sent=sent,
        proposal=proposal,
        other=other,
        nearest=meant.nearest,
        sentence=said,
        existing=tuple(between(pattern.pk, other.pk)) if other else (),
        findings=checks.run(unsaved),
    )


def reopened(pattern: Pattern, mine: Submission) -> Sent:
    """What the form shows when one's own draft is opened again. One query."""
    proposal = Proposal.of(mine)
    inward = proposal.target == pattern.pk and proposal.source != pattern.pk
    other = Pattern.objects.filter(pk=proposal.source if inward else proposal.target).first()
    return Sent(
        other=other.title if other else "",
        way=f"{proposal.kind}:{'in' if inward else 'out'}" if proposal.kind else "",
        evidence=proposal.evidence,
        citation=proposal.citation,
        weight=proposal.weight,
        note=mine.note,
        key=mine.key,
    )
