"""Find what the edit form works on: a revision of a pattern, and the drafts of whoever is asking."""

from django.contrib.auth.models import AnonymousUser

from patterns.enums import SubmissionKind
from patterns.models import Pattern, Revision, Submission, User
from patterns.submissions import WRITABLE


def revision_of(pattern: Pattern, pk: str | int) -> Revision | None:
    """Return the revision of `pattern` with this key, with its text; None for anything else."""
    if not str(pk).isdecimal() or len(str(pk)) > 18:
        return None
    return pattern.revisions.filter(pk=int(pk)).first()


def own_draft(pattern: Pattern, *, author: User | AnonymousUser, pk: str) -> Submission | None:
    """Return the author's edit of `pattern` when it can still be written on."""
    if not author.is_authenticated or not pk.isdecimal() or len(pk) > 18:
        return None
    mine = Submission.objects.select_related("based_on").filter(pattern=pattern, author=author, pk=int(pk))
    return mine.filter(kind=SubmissionKind.EDIT, state__in=WRITABLE).first()
