"""What is known of a submission when it reaches the queue: whom it touches, who sends it, how long it takes to read."""

from patterns.enums import PublicationState, RelationState, SubmissionState
from patterns.models import Adoption, Relation, Submission
from patterns.review.priority import Signs

PER_MINUTE = 1_000  # characters a reviewer weighs, not only reads, in a minute
MOST_MINUTES = 90


def signs_of(submission: Submission, *, again: bool = False) -> Signs:
    """Weigh a submission; `again` where changes that were asked for were made. At most three queries."""
    pattern = submission.pattern
    return Signs(
        resubmitted=again,
        newcomer=not Submission.objects.filter(author=submission.author, state=SubmissionState.ACCEPTED).exists(),
        tier=pattern.tier if pattern else "",
        domain=pattern.domain if pattern else "",
        relied=_relied(pattern.pk) if pattern else 0,
        minutes=_minutes(submission),
    )


def _relied(pattern: int) -> int:
    """How many lighthouses and published patterns rely on a pattern."""
    joined = Relation.objects.filter(target=pattern, state=RelationState.APPROVED)
    patterns = joined.filter(source__state=PublicationState.PUBLISHED).values("source").distinct().count()
    return patterns + Adoption.objects.filter(pattern=pattern).count()


def _minutes(submission: Submission) -> int:
    """About how long its changes take to read: whole texts of what is new, changed lines of what is not."""
    if submission.based_on is None:
        characters = len(submission.text)
    else:
        before = set(submission.based_on.source.splitlines())
        characters = sum(len(line.strip()) for line in submission.text.splitlines() if line not in before)
    return min(MOST_MINUTES, 1 + (characters + len(submission.note)) // PER_MINUTE)
