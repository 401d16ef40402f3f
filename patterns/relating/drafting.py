"""From what a relation form sent to what would be proposed: the other pattern, the sentence, what the checks say.

Suggestions and objections alike. Nothing is written here; the same functions serve preview, sending and sending again.
"""

import hashlib
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

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
    """What a relation form holds. `way` is a kind and the direction, `requires:out`; `version` that of the draft the
    form was made over, None where there is none yet."""

    other: str = ""
    way: str = ""
    evidence: str = ""
    citation: str = ""
    weight: str = ""
    note: str = ""
    consent: bool = False
    key: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """`nearest` are patterns to choose from where the name was not clear; `existing` what joins the two already.

    `title` is what lists call it, and `text` the proposal as plain words, for those that know nothing of relations.
    """

    pattern: Pattern
    sent: Sent
    proposal: Proposal
    title: str
    text: str
    findings: tuple[Finding, ...]
    sentence: str = ""
    other: Pattern | None = None
    nearest: tuple[Entry, ...] = ()
    existing: tuple[Relation, ...] = ()

    @property
    def sendable(self) -> bool:
        return not checks.blocking(self.findings)

    @property
    def digest(self) -> str:
        """Names exactly this proposal: what was looked at is what is sent."""
        return hashlib.sha256(repr(sorted(self.proposal.payload.items())).encode()).hexdigest()


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
    return Draft(
        pattern=pattern,
        sent=sent,
        proposal=proposal,
        title=said or _("Relation of %(title)s") % {"title": pattern.title},
        text="\n\n".join(part for part in (said, proposal.evidence, proposal.citation) if part),
        findings=_findings(pattern, proposal, sent),
        sentence=said,
        other=other,
        nearest=meant.nearest,
        existing=tuple(between(pattern.pk, other.pk)) if other else (),
    )


def objected(pattern: Pattern, relation: Relation, sent: Sent) -> Draft:
    """Work out what it is to say that `relation` is wrong. Nothing of it is published, so no licence is asked for."""
    sent = replace(sent, consent=True)
    proposal = Proposal(sort=Sort.OBJECTION, relation=relation.pk)
    said = sentence(relation.source.title, relation.kind, relation.target.title)
    return Draft(
        pattern=pattern,
        sent=sent,
        proposal=proposal,
        title=_("Wrong: %(said)s") % {"said": said},
        text=sent.note,
        findings=_findings(pattern, proposal, sent),
        sentence=said,
    )


def reopened(pattern: Pattern, mine: Submission) -> Sent:
    """What the form shows when one's own draft is opened again. One query; none for an objection."""
    proposal = Proposal.of(mine)
    if proposal.sort == Sort.OBJECTION:
        return Sent(note=mine.note, key=mine.key, version=mine.version)
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
        version=mine.version,
    )


def _findings(pattern: Pattern, proposal: Proposal, sent: Sent) -> tuple[Finding, ...]:
    unsaved = Submission(
        kind=SubmissionKind.RELATION, pattern=pattern, payload=proposal.payload, consent=sent.consent, note=sent.note
    )
    return checks.run(unsaved)
