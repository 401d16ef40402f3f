"""Find what people proposed: one's own work, and a single submission for whoever may see it."""

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator

from patterns.enums import SubmissionKind
from patterns.models import Pattern, ReviewItem, Submission, User
from patterns.people.roles import is_reviewer
from patterns.submissions import WRITABLE

A_PAGE = 30


def own_work(author: User, *, page: str | int = 1) -> Page:
    """Return one page of what `author` proposed, last changed first, without the texts. Two queries."""
    mine = Submission.objects.filter(author=author).defer("text", "payload").select_related("pattern")
    return Paginator(mine.order_by("-changed_at", "-pk"), A_PAGE).get_page(page)


def find_submission(pk: int, *, reader: User | AnonymousUser) -> Submission | None:
    """Return a submission to its author and to reviewers, and None to everybody else. One query."""
    rows = Submission.objects.select_related("author", "pattern__current", "based_on")
    found = rows.filter(pk=pk).first()
    if found is None or (found.author_id != reader.pk and not is_reviewer(reader)):
        return None
    return found


def item_of(submission: Submission) -> ReviewItem | None:
    """Return the newest queue item of a submission. One query."""
    items = ReviewItem.objects.filter(kind=submission.kind, object_id=submission.pk)
    return items.select_related("author").order_by("-pk").first()


def own_relation(pattern: Pattern, *, author: User | AnonymousUser, pk: str) -> Submission | None:
    """Return the author's relation submission from the page of `pattern` when it can still be written on. One query."""
    if not author.is_authenticated or not (pk.isascii() and pk.isdecimal()) or len(pk) > 18:
        return None
    mine = Submission.objects.filter(pattern=pattern, author=author, pk=int(pk), kind=SubmissionKind.RELATION)
    return mine.filter(state__in=WRITABLE).first()
