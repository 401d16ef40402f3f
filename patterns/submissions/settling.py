"""What reviewers do with a submission: somebody takes it up, somebody decides."""

from django.utils import timezone

from patterns.enums import Decision
from patterns.models import ReviewItem, Submission, User
from patterns.people import notices
from patterns.review.errors import NotNow
from patterns.submissions.errors import WrongState
from patterns.submissions.states import AFTER, WITH_REVIEWERS, State
from patterns.submissions.steps import move


def take_up(item: ReviewItem, *, reviewer: User) -> None:
    """A reviewer claimed the item: its submission is in review from now on. For `QueueKind.claimed`."""
    submission = Submission.objects.select_for_update().get(pk=item.object_id)
    if submission.state in {State.SUBMITTED, State.RESUBMITTED}:
        move(submission, State.IN_REVIEW, actor=reviewer)


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
    move(submission, AFTER[decision], actor=reviewer, reason=reason)
    notices.notify(
        submission.author, kind=decision.value, url=submission.get_absolute_url(), actor=reviewer,
        title=submission.title,
    )  # fmt: skip
    return submission
