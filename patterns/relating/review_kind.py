"""Relations that people suggest or object to in the review queue: show both patterns, carry a decision out."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns import checks, submissions
from patterns.checks import Finding, keeping
from patterns.enums import Decision, Provenance, PublicationState, RelationState, SubmissionKind
from patterns.models import Pattern, Relation, ReviewItem, Submission, User
from patterns.people import audit
from patterns.queries.submissions import as_sent
from patterns.relating import deciding
from patterns.relating.checking import between
from patterns.relating.proposal import Proposal, Sort, sentence
from patterns.review.errors import NotNow
from patterns.review.kinds import QueueKind, register


def describe(item: ReviewItem) -> dict[str, Any]:
    """The context of `patterns/_review_relation.html`. At most eight queries."""
    submission = as_sent(Submission.objects.select_related("author", "pattern").get(pk=item.object_id))
    return {
        "submission": submission,
        "events": submission.events.select_related("actor"),
        **shown(submission, findings=keeping.findings_of(submission)),
    }


def shown(submission: Submission, *, findings: Sequence[Finding]) -> dict[str, Any]:
    """What a page shows of a relation submission, whether or not it is in the queue, with what the checks say of it."""
    proposal = Proposal.of(submission)
    relation = None
    ends = (proposal.source, proposal.target)
    if proposal.sort == Sort.OBJECTION:
        relation = Relation.objects.select_related("source", "target", "suggested_by").filter(pk=proposal.relation)
        relation = relation.first()
        ends = (relation.source_id, relation.target_id) if relation else ends
    known = Pattern.objects.in_bulk([pk for pk in ends if pk])
    source, target = (known.get(pk) for pk in ends)
    kind = relation.kind if relation else proposal.kind
    joined = source is not None and target is not None
    return {
        "proposal": proposal,
        "objection": proposal.sort == Sort.OBJECTION,
        "relation": relation,
        "source": source,
        "target": target,
        "ends": [end for end in (source, target) if end is not None],
        "relation_kind": kind,
        "sentence": sentence(source.title, kind, target.title) if joined and kind else "",
        "existing": [
            (one, sentence(one.source.title, one.kind, one.target.title))
            for one in between(source.pk, target.pk)
            if relation is None or one.pk != relation.pk
        ]
        if joined
        else [],
        "findings": findings,
    }


def decide(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> None:
    """Settle the submission; an accepted suggestion becomes an approved relation, an accepted objection rejects one."""
    submission = submissions.settle(item, decision, reviewer=reviewer, reason=reason)
    if decision is not Decision.ACCEPT:
        return
    proposal = Proposal.of(submission)
    if proposal.sort == Sort.OBJECTION:
        _reject(submission, proposal, reviewer=reviewer)
    else:
        _approve(submission, proposal, reviewer=reviewer)


def _approve(submission: Submission, proposal: Proposal, *, reviewer: User) -> None:
    # The two are held, so that of two alike accepted at once the second one meets the first.
    ends = {
        one.pk: one
        for one in Pattern.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=[proposal.source, proposal.target], state=PublicationState.PUBLISHED)
        .order_by("pk")
    }
    if stopping := checks.blocking(checks.run(submission)):
        raise NotNow(" ".join(finding.message for finding in stopping))
    source, target = ends[proposal.source], ends[proposal.target]
    relation = Relation.objects.create(
        library_id=source.library_id,
        source=source,
        source_ref=(source.file_slug or source.slug)[:300],
        kind=proposal.kind,
        target=target,
        target_ref=(target.file_slug or target.slug)[:300],
        weight=proposal.number,
        evidence=proposal.written,
        provenance=Provenance.REVIEWED,
        state=RelationState.APPROVED,
        raw={"submission": submission.pk, "evidence": proposal.evidence, "source": proposal.citation},
        suggested_by=submission.author,
        decided_by=reviewer,
        decided_at=timezone.now(),
    )
    deciding.tell([relation])
    audit.note(reviewer, "accepted relation", target=relation, submission=submission.pk, author=submission.author_id)


def _reject(submission: Submission, proposal: Proposal, *, reviewer: User) -> None:
    relation = Relation.objects.select_for_update(of=("self",)).filter(pk=proposal.relation).first()
    if relation is None:
        raise NotNow(_("The relation is gone: a file no longer says it. Decline the objection and say so."))
    if relation.state != RelationState.REJECTED:
        deciding.settle(relation, reviewer=reviewer, act="reject", reason=submission.note, submission=submission)


def register_relations() -> None:
    register(
        QueueKind(
            name=SubmissionKind.RELATION,
            label=gettext_lazy("relation"),
            template="patterns/_review_relation.html",
            decide=decide,
            describe=describe,
            claimed=submissions.take_up,
        )
    )
