"""Submissions on their way: sent, asked back for changes, sent again, talked about."""

import uuid

from patterns import review, submissions
from patterns.enums import Decision, SubmissionKind
from patterns.models import Comment, ReviewItem, Submission, User
from patterns.review import comments
from tests.factories.library import make_pattern, make_user
from tests.factories.people import make_reviewer

BODY = "## Context\n\nA well in a village.\n\n## Solution\n\nRules are kept.\nRules are read aloud.\n"


def send_edit(author: User | None = None, *, title: str = "Well", before: str = BODY, after: str = "") -> ReviewItem:
    """An edit that waits in the queue; by default it moves the well to a valley."""
    author = author or make_user()
    pattern = make_pattern(title, before)
    text = pattern.current.source.replace(before, after or before.replace("village", "valley"))
    submission = submissions.save_draft(
        author=author, kind=SubmissionKind.EDIT, title=title, pattern=pattern, based_on=pattern.current, consent=True,
        text=text,
    )  # fmt: skip
    submissions.submit(submission, actor=author)
    return ReviewItem.objects.get(kind=SubmissionKind.EDIT, object_id=submission.pk)


def ask_back(item: ReviewItem, *, reviewer: User | None = None, reason: str = "Say which valley.") -> User:
    """Ask for changes; returns who asked."""
    reviewer = reviewer or make_reviewer()
    item.refresh_from_db()
    review.decide(item, reviewer=reviewer, decision=Decision.REQUEST_CHANGES, reason=reason, version=item.version)
    return reviewer


def send_again(item: ReviewItem, change: tuple[str, str], *, note: str = "") -> Submission:
    """Change words of the text and send it once more."""
    kept = submission_of(item)
    kept = submissions.save_draft(
        author=kept.author, kind=kept.kind, title=kept.title, pattern=kept.pattern, based_on=kept.based_on,
        consent=True, key=kept.key, text=kept.text.replace(*change), note=note,
    )  # fmt: skip
    return submissions.submit(kept, actor=kept.author)


def submission_of(item: ReviewItem) -> Submission:
    return Submission.objects.select_related("author", "pattern__current", "based_on").get(pk=item.object_id)


def say(item: ReviewItem, author: User, text: str = "Which one?", *, spot: str = "n.context.3", **more) -> Comment:
    """Comment on a line, by default on that of the well."""
    return comments.say(submission_of(item), author=author, text=text, spot=spot, key=uuid.uuid4().hex, **more)
