"""Make an edit of what was meant as a new pattern: there is one like it already."""

from django.db import transaction
from django.utils.translation import gettext as _

from patterns.enums import PublicationState, SubmissionKind
from patterns.format import parse
from patterns.models import Pattern, Submission, User
from patterns.review.queue import close, lock_open_item
from patterns.submissions.drafting import save_draft
from patterns.submissions.errors import SubmissionError, WrongState
from patterns.submissions.states import OPEN, State
from patterns.submissions.steps import copied, move, own
from patterns.writing.joining import joined


def turn_into_edit(submission: Submission, pattern: Pattern, *, actor: User) -> Submission:
    """Make a draft edit of `pattern` of what was meant as a new pattern, and withdraw that; both know of each other.

    The pattern keeps its own words and the draft's stand with them, for its author to bring together. Twice is once.
    Raises `NotYours`, `WrongState`.
    """
    with transaction.atomic():
        item = lock_open_item(submission.kind, object_id=submission.pk)
        locked = own(submission, actor)
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
        move(locked, State.WITHDRAWN, actor=actor, reason=_("It became an edit of “%s”.") % pattern.title)
        if item is not None:
            close(item)
        copied(submission, locked)
        return edit
