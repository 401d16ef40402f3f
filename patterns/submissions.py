"""What happens to something a person proposes: drafted, sent, reviewed, perhaps sent again, decided or withdrawn.

Every step is an event with an actor and a time, and where it goes against the author, a reason they can read. Longer
than most modules because the states belong side by side.
"""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from patterns import checks
from patterns.checks import Finding
from patterns.enums import Decision, SubmissionKind, SubmissionState, Tier
from patterns.models import Pattern, ReviewItem, Revision, Submission, SubmissionEvent, User
from patterns.people import audit
from patterns.review.errors import NotNow
from patterns.review.queue import close, lock_open_item, open_item
from patterns.review.sendings import keep_sending

State = SubmissionState
WRITABLE = frozenset({State.DRAFT, State.CHANGES_REQUESTED})
WITH_REVIEWERS = frozenset({State.SUBMITTED, State.IN_REVIEW, State.RESUBMITTED})
OPEN = WRITABLE | WITH_REVIEWERS
AFTER = {
    Decision.ACCEPT: State.ACCEPTED,
    Decision.DECLINE: State.DECLINED,
    Decision.REQUEST_CHANGES: State.CHANGES_REQUESTED,
}


class SubmissionError(Exception):
    """The step was not taken and nothing was lost; the message is for the author."""

    status = 409


class NotYours(SubmissionError):
    """Only its author moves a submission."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("This belongs to somebody else."))


class WrongState(SubmissionError):
    """The submission is somewhere else by now."""

    def __init__(self, state: str) -> None:
        super().__init__(_("It is %(state)s by now, so this cannot be done.") % {"state": State(state).label})


class NotReady(SubmissionError):
    """Checks that cannot be passed over say no; `findings` are theirs."""

    status = 422

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(" ".join(finding.message for finding in findings))


def save_draft(
    *,
    author: User,
    kind: SubmissionKind,
    title: str,
    text: str = "",
    pattern: Pattern | None = None,
    based_on: Revision | None = None,
    note: str = "",
    payload: dict[str, Any] | None = None,
    consent: bool = False,
    key: str = "",
) -> Submission:
    """Keep what somebody is writing, and return it.

    `key` comes from the form: the same key again is the same submission, rewritten while it may be and otherwise
    returned as it is. Raises `NotYours` for somebody else's key.
    """
    key = key or uuid.uuid4().hex
    values = {
        "title": title[:300],
        "text": text,
        "pattern": pattern,
        "based_on": based_on,
        "note": note,
        "payload": payload or {},
        "consent": consent,
    }
    with transaction.atomic():
        known, new = Submission.objects.select_for_update(of=("self",)).get_or_create(
            key=key, defaults={"author": author, "kind": kind, **values}
        )
        if known.author_id != author.pk:
            raise NotYours
        if new:
            SubmissionEvent.objects.create(submission=known, actor=author, after=State.DRAFT)
        elif known.state in WRITABLE:
            for name, value in values.items():
                setattr(known, name, value)
            known.version += 1
            known.save()
        return known


def submit(submission: Submission, *, actor: User) -> Submission:
    """Hand a draft to the reviewers, or changes that were asked for back to them. Twice is once.

    Raises `NotYours`, `WrongState`, `NotReady`.
    """
    with transaction.atomic():
        waiting = lock_open_item(submission.kind, object_id=submission.pk)
        locked = _locked(submission, actor)
        if locked.state in WITH_REVIEWERS:
            return _copied(submission, locked)
        if locked.state not in WRITABLE:
            raise WrongState(locked.state)
        if stopping := checks.blocking(findings := checks.run(locked)):
            raise NotReady(stopping)
        again = locked.state == State.CHANGES_REQUESTED or waiting is not None
        locked.submitted_at = timezone.now()
        keep_sending(locked, findings=findings)
        _move(locked, State.RESUBMITTED if again else State.SUBMITTED, actor=actor)
        priority, reasons = _priority(locked, again=again)
        open_item(
            locked.kind, object_id=locked.pk, title=locked.title, author=locked.author,
            priority=priority, reasons=reasons,
        )  # fmt: skip
        return _copied(submission, locked)


def resubmit(submission: Submission, *, actor: User) -> Submission:
    """Send again what changes were asked for; `submit` by another name, for readers."""
    return submit(submission, actor=actor)


def withdraw(submission: Submission, *, actor: User, reason: str = "") -> Submission:
    """Take one's own submission back, whatever state it is in before a decision."""
    with transaction.atomic():
        item = lock_open_item(submission.kind, object_id=submission.pk)
        locked = _locked(submission, actor)
        if locked.state == State.WITHDRAWN:
            return _copied(submission, locked)
        if locked.state not in OPEN:
            raise WrongState(locked.state)
        _move(locked, State.WITHDRAWN, actor=actor, reason=reason)
        if item is not None:
            close(item)
        return _copied(submission, locked)


def take_up(item: ReviewItem, *, reviewer: User) -> None:
    """A reviewer claimed the item: its submission is in review from now on. For `QueueKind.claimed`."""
    submission = Submission.objects.select_for_update().get(pk=item.object_id)
    if submission.state in {State.SUBMITTED, State.RESUBMITTED}:
        _move(submission, State.IN_REVIEW, actor=reviewer)


def settle(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> Submission:
    """Bring a reviewer's decision to the submission an item stands for; queue kinds call it in `decide`."""
    submission = Submission.objects.select_for_update(of=("self",)).select_related("pattern").get(pk=item.object_id)
    if submission.state not in WITH_REVIEWERS:
        raise NotNow(str(WrongState(submission.state)))
    if decision is not Decision.REQUEST_CHANGES:
        submission.decided_at = timezone.now()
    _move(submission, AFTER[decision], actor=reviewer, reason=reason)
    return submission


def _move(submission: Submission, state: SubmissionState, *, actor: User, reason: str = "") -> None:
    before, submission.state = submission.state, state
    submission.version += 1
    submission.save()
    SubmissionEvent.objects.create(submission=submission, actor=actor, before=before, after=state, reason=reason)
    audit.note(actor, f"submission {state.value}", target=submission, kind=submission.kind)


def _priority(submission: Submission, *, again: bool) -> tuple[int, list[str]]:
    """How pressing it is, and why in words; the queue puts the longest-waiting first among equals."""
    priority, reasons = 0, []
    if again:
        priority += 10
        reasons.append("The author has made the changes that were asked for.")
    if submission.pattern is not None and submission.pattern.tier != Tier.BRONZE:
        priority += 5
        reasons.append(f"It changes a {submission.pattern.tier} pattern, which many rely on.")
    return priority, reasons or ["First come, first served."]


def _locked(submission: Submission, actor: User) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",)).select_related("pattern", "based_on", "author")
    locked = rows.get(pk=submission.pk)
    if locked.author_id != actor.pk:
        raise NotYours
    return locked


def _copied(submission: Submission, locked: Submission) -> Submission:
    """Let the caller's object say what is now true."""
    for name in ("state", "version", "submitted_at", "decided_at"):
        setattr(submission, name, getattr(locked, name))
    return submission
