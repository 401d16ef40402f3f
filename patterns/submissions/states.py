"""Where a submission can be, and which of those places are whose turn."""

from patterns.enums import Decision, SubmissionState

State = SubmissionState
WRITABLE = frozenset({State.DRAFT, State.CHANGES_REQUESTED})
WITH_REVIEWERS = frozenset({State.SUBMITTED, State.IN_REVIEW, State.RESUBMITTED})
OPEN = WRITABLE | WITH_REVIEWERS
AFTER = {
    Decision.ACCEPT: State.ACCEPTED,
    Decision.DECLINE: State.DECLINED,
    Decision.REQUEST_CHANGES: State.CHANGES_REQUESTED,
}
