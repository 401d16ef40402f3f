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
from patterns.enums import Decision, PublicationState, SubmissionKind, SubmissionState
from patterns.format import parse
from patterns.models import Lighthouse, Pattern, ReviewItem, Revision, Submission, SubmissionEvent, User
from patterns.people import audit, bans, notices
from patterns.review.errors import NotNow
from patterns.review.queue import close, lock_open_item, open_item
from patterns.review.sendings import keep_sending
from patterns.review.weighing import signs_of
from patterns.writing.joining import joined

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


class Overtaken(SubmissionError):
    """The draft was changed elsewhere after the form was opened; `submission` is how it stands now."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        super().__init__(_("This draft was changed in another window after you opened it here."))


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
    lighthouse: Lighthouse | None = None,
    based_on: Revision | None = None,
    note: str = "",
    payload: dict[str, Any] | None = None,
    consent: bool = False,
    key: str = "",
    version: int | None = None,
    checked: bool = False,
    came_from: Submission | None = None,
) -> Submission:
    """Keep what somebody is writing, and return it.

    `key` comes from the form: the same key again is the same submission, rewritten while it may be and otherwise
    returned as it is. With `checked`, other words are only written over those of `version`, the version the form was
    made over; else `Overtaken` is raised and nothing written. Raises `NotYours` for somebody else's key.
    """
    bans.check(author)
    key = key or uuid.uuid4().hex
    values = {
        "title": title[:300],
        "text": text,
        "pattern": pattern,
        "lighthouse": lighthouse,
        "based_on": based_on,
        "note": note,
        "payload": payload or {},
        "consent": consent,
    }
    with transaction.atomic():
        known, new = Submission.objects.select_for_update(of=("self",)).get_or_create(
            key=key, defaults={"author": author, "kind": kind, "came_from": came_from, **values}
        )
        if known.author_id != author.pk or known.kind != kind:
            raise NotYours
        other_words = (text, note) != (known.text, known.note)
        if checked and not new and other_words and (known.version != version or known.state not in WRITABLE):
            raise Overtaken(known)
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

    Raises `NotYours`, `WrongState`, `NotReady`, and `bans.Banned` like `save_draft`.
    """
    bans.check(actor)
    with transaction.atomic():
        waiting = lock_open_item(submission.kind, object_id=submission.pk)
        locked = _locked(submission, actor)
        if locked.state in WITH_REVIEWERS:
            return _copied(submission, locked)
        if locked.state not in WRITABLE:
            raise WrongState(locked.state)
        findings = checks.run(locked)
        if stopping := checks.blocking(findings):
            raise NotReady(stopping)
        again = locked.state == State.CHANGES_REQUESTED or waiting is not None
        if again and waiting is not None:
            _tell_who_asked(locked, waiting)
        locked.submitted_at = timezone.now()
        keep_sending(locked, findings=findings)
        _move(locked, State.RESUBMITTED if again else State.SUBMITTED, actor=actor)
        open_item(
            locked.kind, object_id=locked.pk, title=locked.title, author=locked.author,
            signs=signs_of(locked, again=again),
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


def turn_into_edit(submission: Submission, pattern: Pattern, *, actor: User) -> Submission:
    """Make a draft edit of `pattern` of what was meant as a new pattern, and withdraw that; both know of each other.

    The pattern keeps its own words and the draft's stand with them, for its author to bring together. Twice is once.
    Raises `NotYours`, `WrongState`.
    """
    with transaction.atomic():
        item = lock_open_item(submission.kind, object_id=submission.pk)
        locked = _locked(submission, actor)
        made = locked.became.filter(kind=SubmissionKind.EDIT, pattern=pattern).first()
        if made is not None:
            return made
        if locked.kind != SubmissionKind.NEW_PATTERN or locked.state not in OPEN:
            raise WrongState(locked.state)
        if pattern.state != PublicationState.PUBLISHED or pattern.current is None:
            raise SubmissionError(_("That pattern is not published any more."))
        edit = save_draft(
            author=actor, kind=SubmissionKind.EDIT, title=pattern.title, pattern=pattern, based_on=pattern.current,
            text=joined(parse(pattern.current.source), parse(locked.text)).text, note=locked.note, came_from=locked,
        )  # fmt: skip
        _move(locked, State.WITHDRAWN, actor=actor, reason=_("It became an edit of “%s”.") % pattern.title)
        if item is not None:
            close(item)
        _copied(submission, locked)
        return edit


def take_up(item: ReviewItem, *, reviewer: User) -> None:
    """A reviewer claimed the item: its submission is in review from now on. For `QueueKind.claimed`."""
    submission = Submission.objects.select_for_update().get(pk=item.object_id)
    if submission.state in {State.SUBMITTED, State.RESUBMITTED}:
        _move(submission, State.IN_REVIEW, actor=reviewer)


def settle(item: ReviewItem, decision: Decision, *, reviewer: User, reason: str) -> Submission:
    """Bring a reviewer's decision to the submission an item stands for; queue kinds call it in `decide`."""
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("pattern", "lighthouse")
        .get(pk=item.object_id)
    )
    if submission.state not in WITH_REVIEWERS:
        raise NotNow(str(WrongState(submission.state)))
    if decision is not Decision.REQUEST_CHANGES:
        submission.decided_at = timezone.now()
    _move(submission, AFTER[decision], actor=reviewer, reason=reason)
    notices.notify(
        submission.author, kind=decision.value, url=submission.get_absolute_url(), actor=reviewer,
        title=submission.title,
    )  # fmt: skip
    return submission


def _tell_who_asked(submission: Submission, item: ReviewItem) -> None:
    """The reviewer who asked for changes is told that they are made."""
    asked = item.reviews.filter(decision=Decision.REQUEST_CHANGES).select_related("reviewer").first()
    if asked is not None:
        notices.notify(
            asked.reviewer, kind="resubmitted", url=item.get_absolute_url(), actor=submission.author,
            title=submission.title,
        )  # fmt: skip


def _move(submission: Submission, state: SubmissionState, *, actor: User, reason: str = "") -> None:
    before, submission.state = submission.state, state
    submission.version += 1
    submission.save()
    SubmissionEvent.objects.create(submission=submission, actor=actor, before=before, after=state, reason=reason)
    audit.note(actor, f"submission {state.value}", target=submission, kind=submission.kind)


def _locked(submission: Submission, actor: User) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",)).select_related(
        "pattern", "lighthouse", "based_on", "author"
    )
    locked = rows.get(pk=submission.pk)
    if locked.author_id != actor.pk:
        raise NotYours
    return locked


def _copied(submission: Submission, locked: Submission) -> Submission:
    """Let the caller's object say what is now true."""
    for name in ("state", "version", "submitted_at", "decided_at"):
        setattr(submission, name, getattr(locked, name))
    return submission
