"""Carries an edit over to what its pattern or lighthouse says by now, for the page that shows it and for publishing."""

from django.utils.translation import gettext as _

from patterns.diffs import Changes, changes_between
from patterns.format import UnwritableError, parse
from patterns.models import Submission
from patterns.review.errors import NotNow
from patterns.texts.editing import Merge, merge


def changes_of(submission: Submission) -> Changes:
    """What an edit changes of the revision it was written on."""
    return changes_between(parse(submission.based_on.source), parse(submission.text))


def is_stale(submission: Submission) -> bool:
    """True when what it changes says something else since it was written."""
    return submission.based_on_id != _thing(submission).current_id


def carried_over(submission: Submission) -> Merge:
    """The edit on top of what its pattern or lighthouse says now. Raises `NotNow` for a text that cannot be written."""
    if not is_stale(submission):
        return Merge(submission.text)
    current = _thing(submission).current
    try:
        return merge(parse(submission.based_on.source), parse(submission.text), parse(current.source))
    except UnwritableError as problem:
        raise NotNow(str(problem)) from problem


def places(merged: Merge) -> str:
    """Where two edits meet, in words."""
    return ", ".join(dict.fromkeys(str(conflict.where or _("the beginning")) for conflict in merged.conflicts))


def _thing(submission: Submission):
    return submission.pattern or submission.lighthouse
