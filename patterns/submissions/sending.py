"""Hand a draft to the reviewers, once or again, or take it back before they decided."""

from django.db import transaction
from django.utils import timezone

from patterns import checks
from patterns.enums import Decision
from patterns.models import ReviewItem, Submission, User
from patterns.people import bans, notices
from patterns.review.queue import close, lock_open_item, open_item
from patterns.review.sendings import keep_sending
from patterns.review.weighing import signs_of
from patterns.submissions.errors import NotReady, WrongState
from patterns.submissions.states import OPEN, WITH_REVIEWERS, WRITABLE, State
from patterns.submissions.steps import copied, move, own


def submit(submission: Submission, *, actor: User) -> Submission:
    """Hand a draft to the reviewers, or changes that were asked for back to them. Twice is once.

    Raises `NotYours`, `WrongState`, `NotReady`, and `bans.Banned` like `save_draft`.
    """
    bans.check(actor)
    with transaction.atomic():
        waiting = lock_open_item(submission.kind, object_id=submission.pk)
        locked = own(submission, actor)
        if locked.state in WITH_REVIEWERS:
            return copied(submission, locked)
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
        move(locked, State.RESUBMITTED if again else State.SUBMITTED, actor=actor)
        open_item(
            locked.kind, object_id=locked.pk, title=locked.title, author=locked.author,
            signs=signs_of(locked, again=again),
        )  # fmt: skip
        return copied(submission, locked)


def resubmit(submission: Submission, *, actor: User) -> Submission:
    """Send again what changes were asked for; `submit` by another name, for readers."""
    return submit(submission, actor=actor)


def withdraw(submission: Submission, *, actor: User, reason: str = "") -> Submission:
    """Take one's own submission back, whatever state it is in before a decision."""
    with transaction.atomic():
        item = lock_open_item(submission.kind, object_id=submission.pk)
        locked = own(submission, actor)
        if locked.state == State.WITHDRAWN:
            return copied(submission, locked)
        if locked.state not in OPEN:
            raise WrongState(locked.state)
        move(locked, State.WITHDRAWN, actor=actor, reason=reason)
        if item is not None:
            close(item)
        return copied(submission, locked)


def _tell_who_asked(submission: Submission, item: ReviewItem) -> None:
    """The reviewer who asked for changes is told that they are made."""
    asked = item.reviews.filter(decision=Decision.REQUEST_CHANGES).select_related("reviewer").first()
    if asked is not None:
        notices.notify(
            asked.reviewer, kind="resubmitted", url=item.get_absolute_url(), actor=submission.author,
            title=submission.title,
        )  # fmt: skip
