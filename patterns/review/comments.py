"""What a reviewer and an author say to each other about a submission: on a line, a section, a field or the whole.

Only its author and reviewers take part; who is banned may take words back and nothing else. Whoever answers for a
thread may resolve it, an own comment may be edited for ten minutes, and one that was deleted, or taken out because it
was flagged, leaves its place and its writer's name. Longer than most modules because what may be said, when and by whom
is read best in one place.
"""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patterns.enums import SubmissionState
from patterns.models import Comment, Sending, Submission, User
from patterns.people import audit, bans, notices
from patterns.people.roles import is_reviewer
from patterns.review.errors import OwnWork, ReviewError
from patterns.review.sendings import BASE, compare
from patterns.review.spots import Mark, NoSuchSpot, Spot, lines_of, mark_of, parse_spot
from patterns.texts.editing import FIELDS

LONGEST: Final = 5_000  # characters of one comment
MOST: Final = 500  # comments on one submission
EDITABLE: Final = timedelta(minutes=10)
CLOSED: Final = frozenset({SubmissionState.ACCEPTED, SubmissionState.DECLINED, SubmissionState.WITHDRAWN})


class CommentError(ReviewError):
    """Nothing was said and no text is lost; the message is for who wrote it."""

    status = 422


class NotYourTalk(CommentError):
    """Only the author and reviewers take part."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("Only the author of this and reviewers take part in its discussion."))


class Over(CommentError):
    """The submission is decided or withdrawn, so nothing is added to what was said."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This is decided or withdrawn by now, so nothing can be added. Your text is kept below."))


class Elsewhere(CommentError):
    """The text changed, and the place is not there any more."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("The place you comment on is not in the text any more. Choose another one; your text is kept below.")
        )


def may_take_part(submission: Submission, user: User) -> bool:
    """True for the author, and for reviewers once it was sent."""
    if not user.is_authenticated or not user.is_active:
        return False
    return submission.author_id == user.pk or (is_reviewer(user) and submission.state != SubmissionState.DRAFT)


def say(
    submission: Submission, *, author: User, text: str, spot: str = "w", sending: int = 0, against: str = "", key: str
) -> Comment:
    """Say something at a place of sending number `sending` (the last one when it is 0), compared with `against`.

    The same `key` again is the same comment. Raises a `CommentError`.
    """
    with transaction.atomic():
        kept = _open(submission, author)
        if said := kept.comments.filter(author=author, key=key).first():
            return said
        text = _worth_saying(text, kept)
        sendings = list(kept.sendings.defer("text", "payload"))
        place, mark, on = _marked(kept, sendings, spot=spot, number=sending, against=against)
        return _kept(
            Comment(
                submission=kept, sending=on, author=author, spot=str(place), quote=mark.quote, digest=mark.digest,
                around=mark.around, alone=mark.alone, text=text, key=key,
            ),
            "commented on submission",
        )  # fmt: skip


def reply(comment: Comment, *, author: User, text: str, key: str) -> Comment:
    """Answer in a thread; an answer to an answer is in the same thread. Raises a `CommentError`."""
    with transaction.atomic():
        kept = _open(comment.submission, author)
        if said := kept.comments.filter(author=author, key=key).first():
            return said
        root = comment.thread or comment
        return _kept(
            Comment(
                submission=kept, sending=kept.sendings.last() or root.sending, thread=root, author=author,
                spot=root.spot, text=_worth_saying(text, kept), key=key,
            ),
            "replied to comment",
        )  # fmt: skip


def edit(comment: Comment, *, author: User, text: str) -> Comment:
    """Change one's own words within ten minutes. Raises a `CommentError`."""
    with transaction.atomic():
        kept = _open(comment.submission, author)
        held = _own(comment, author)
        if timezone.now() - held.at > EDITABLE:
            raise CommentError(_("A comment can be changed for ten minutes. Write an answer; your text is kept below."))
        text = _worth_saying(text, kept, again=True)
        if text != held.text:
            held.text, held.edited_at = text, timezone.now()
            held.save(update_fields=["text", "edited_at"])
            audit.note(author, "changed comment", target=kept, comment=held.pk)
        return held


def remove(comment: Comment, *, by: User) -> Comment:
    """Take one's own words back; that there were some stays to be seen. Twice is once."""
    with transaction.atomic():
        kept = _talk(comment.submission, by)
        held = _own(comment, by, deleted=True)
        if held.deleted_at is None:
            held.text, held.deleted_at = "", timezone.now()
            held.save(update_fields=["text", "deleted_at"])
            audit.note(by, "deleted comment", target=kept, comment=held.pk)
        return held


def take_out(comment: Comment, *, by: User, reason: str) -> Comment:
    """Take somebody's words out, as a flag asked for; that there were some stays to be seen. Twice is once.

    Who wrote them is told why. Neither they nor the author of what they are about decide on it.
    """
    with transaction.atomic():
        kept = _talk(comment.submission, by)
        held = Comment.objects.select_for_update(of=("self",)).select_related("author").get(pk=comment.pk)
        if not is_reviewer(by):
            raise NotYourTalk
        if by.pk in {held.author_id, kept.author_id}:
            raise OwnWork
        if held.deleted_at is None:
            held.text, held.deleted_at, held.taken_out = "", timezone.now(), True
            held.save(update_fields=["text", "deleted_at", "taken_out"])
            audit.note(by, "took out comment", target=kept, comment=held.pk, reason=reason)
            url = f"{kept.get_absolute_url()}#comment-{held.pk}"
            notices.notify(held.author, kind="comment_taken_out", url=url, title=kept.title, reason=reason)
        return held


def resolve(comment: Comment, *, by: User, open_again: bool = False) -> Comment:
    """Say that a thread is dealt with, or that it is not after all. Twice is once. Raises a `CommentError`."""
    with transaction.atomic():
        kept = _open(comment.submission, by)
        held = Comment.objects.select_for_update().get(pk=comment.thread_id or comment.pk)
        if (held.resolved_at is None) == open_again:
            return held
        held.resolved_at, held.resolved_by = (None, None) if open_again else (timezone.now(), by)
        held.save(update_fields=["resolved_at", "resolved_by"])
        audit.note(by, "reopened thread" if open_again else "resolved thread", target=kept, comment=held.pk)
        return held


def _talk(submission: Submission, user: User) -> Submission:
    """The submission, held while something is said about it, when `user` may say it."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("pattern__current", "author")
    kept = rows.get(pk=submission.pk)
    if not may_take_part(kept, user):
        raise NotYourTalk
    return kept


def _open(submission: Submission, user: User) -> Submission:
    bans.check(user)
    kept = _talk(submission, user)
    if kept.state in CLOSED:
        raise Over
    return kept


def _own(comment: Comment, user: User, *, deleted: bool = False) -> Comment:
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    if held.author_id != user.pk:
        raise NotYourTalk
    if held.deleted_at is not None and not deleted:
        raise Elsewhere
    return held


def _worth_saying(text: str, submission: Submission, *, again: bool = False) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not text:
        raise CommentError(_("Write something first."))
    if len(text) > LONGEST:
        said = ngettext(
            "This is %(over)s character too long: a comment has at most 5,000. Your text is kept below.",
            "This is %(over)s characters too long: a comment has at most 5,000. Your text is kept below.",
            len(text) - LONGEST,
        )
        raise CommentError(said % {"over": len(text) - LONGEST})
    if not again and submission.comments.count() >= MOST:
        raise CommentError(_("There are as many comments on this as there can be. Say it in the reason."))
    return text


def _marked(
    submission: Submission, sendings: list[Sending], *, spot: str, number: int, against: str
) -> tuple[Spot, Mark, Sending]:
    """Find the place a form names in the texts it was shown with. Raises `Elsewhere`."""
    compared = compare(submission, sendings, old=against or BASE, new=str(number or ""))
    if compared is None or (number and compared.new.number != number):
        raise Elsewhere
    before, after = lines_of(compared.before.body), lines_of(compared.after.body)
    try:
        place = parse_spot(spot)
        if place.kind == "f" and place.name not in {*FIELDS, *compared.before.front, *compared.after.front}:
            raise NoSuchSpot
        gone = place.kind == "o" or (place.kind == "s" and place.name not in after)
        return place, mark_of(place, before if gone else after), compared.new
    except NoSuchSpot as problem:
        raise Elsewhere from problem


def _kept(comment: Comment, act: str) -> Comment:
    comment.save()
    audit.note(comment.author, act, target=comment.submission, comment=comment.pk)
    about = {"url": f"{comment.submission.get_absolute_url()}#comments", "title": comment.submission.title}
    asked = comment.thread.author if comment.thread is not None else None
    notices.notify(asked, kind="replied", actor=comment.author, **about)
    if asked != comment.submission.author:
        notices.notify(comment.submission.author, kind="commented", actor=comment.author, **about)
    return comment
