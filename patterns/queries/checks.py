"""Find what live checks need: the revision a form was opened on, and the proposal of one's own it belongs to."""

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from patterns.enums import PublicationState, SubmissionKind
from patterns.models import Lighthouse, Pattern, Revision, Submission, User
from patterns.submissions import OPEN


def subject_of(form: Mapping[str, str]) -> dict[str, Pattern | Lighthouse | Revision | None]:
    """The `pattern` or `lighthouse` a form is about and the revision it is `base`d on, where there are any.

    At most one query.
    """
    pk, slug = form.get("base", ""), form.get("pattern", "")
    if pk.isdecimal() and len(pk) <= 18:
        there = PublicationState.PUBLISHED
        revisions = Revision.objects.select_related("pattern", "lighthouse")
        base = revisions.filter(Q(pattern__state=there) | Q(lighthouse__state=there), pk=int(pk)).first()
        return {"pattern": base and base.pattern, "lighthouse": base and base.lighthouse, "base": base}
    if slug and "\0" not in slug:
        rows = Pattern.objects.select_related("current").filter(state=PublicationState.PUBLISHED)
        pattern = rows.filter(slug=slug[:200]).first()
        return {"pattern": pattern, "base": pattern.current if pattern else None}
    return {"pattern": None, "base": None}


def own_new_pattern(user: User | AnonymousUser, *, key: str = "", pk: str = "") -> Submission | None:
    """The author's own proposal of a new pattern that can still be turned into an edit. At most one query."""
    if not user.is_authenticated or not (key or pk):
        return None
    mine = Submission.objects.filter(author=user, kind=SubmissionKind.NEW_PATTERN, state__in=OPEN).defer("text")
    if pk.isdecimal() and len(pk) <= 18:
        return mine.filter(pk=int(pk)).first()
    return mine.filter(key=key[:64]).first() if key and "\0" not in key else None


def may_turn(submission: Submission, user: User | AnonymousUser) -> bool:
    """Whether `user` is offered to turn it into an edit; `submissions.turn_into_edit` decides."""
    return (
        submission.author_id == user.pk and submission.kind == SubmissionKind.NEW_PATTERN and submission.state in OPEN
    )
