"""A step of a submission: locked for its author, moved with an event and an audit line."""

from patterns.enums import SubmissionState
from patterns.models import Submission, SubmissionEvent, User
from patterns.people import audit
from patterns.submissions.errors import NotYours


def move(submission: Submission, state: SubmissionState, *, actor: User, reason: str = "") -> None:
    before, submission.state = submission.state, state
    submission.version += 1
    submission.save()
    SubmissionEvent.objects.create(submission=submission, actor=actor, before=before, after=state, reason=reason)
    audit.note(actor, f"submission {state.value}", target=submission, kind=submission.kind)


def own(submission: Submission, actor: User) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",)).select_related(
        "pattern", "lighthouse", "based_on", "author"
    )
    locked = rows.get(pk=submission.pk)
    if locked.author_id != actor.pk:
        raise NotYours
    return locked


def copied(submission: Submission, locked: Submission) -> Submission:
    """Let the caller's object say what is now true."""
    for name in ("state", "version", "submitted_at", "decided_at"):
        setattr(submission, name, getattr(locked, name))
    return submission
