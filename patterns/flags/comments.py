"""Comments on a submission can be flagged by those who read them: its author and reviewers, and nobody else."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns.flags.targets import Target, Thing, register
from patterns.models import Comment, User
from patterns.people.roles import Person
from patterns.review import comments
from patterns.review.errors import NotNow


def find_comment(ref: str, reader: Person) -> Thing | None:
    """The comment to whoever takes part in the discussion. Its words are deleted when it is taken out, so no case,
    queue or log may hold a copy of them."""
    found = _comment(ref)
    if found is None or found.deleted_at is not None or reader is None:
        return None
    if not comments.may_take_part(found.submission, reader):
        return None
    title = _("a comment on “%(title)s”") % {"title": found.submission.title}
    return Thing(title, f"{found.submission.get_absolute_url()}#comment-{found.pk}", found.author)


def hide_comment(ref: str, *, actor: User, reason: str) -> None:
    found = _comment(ref)
    if found is None:
        raise NotNow(_("It is not there any more. Choose another decision."))
    comments.take_out(found, by=actor, reason=reason)


def _comment(ref: str) -> Comment | None:
    if not (ref.isascii() and ref.isdecimal() and len(ref) <= 18):
        return None
    return Comment.objects.select_related("submission", "author").filter(pk=int(ref)).first()


def register_comments() -> None:
    """Add the kind; reviewers take comments out, for they read them."""
    take_out = gettext_lazy("Take its words out: a line stays that says so")
    register(Target("comment", gettext_lazy("comment"), find_comment, hide_comment, take_out, curators=False))
